namespace CmEtl.Engine.Tests.Cases;

/// <summary>The cases as the model computes them, without the engine.</summary>
public sealed class ModelCaseFixture(ModelServer server) : CaseFixture(server);
