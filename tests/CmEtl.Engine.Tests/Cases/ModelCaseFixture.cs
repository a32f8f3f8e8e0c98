namespace CmEtl.Engine.Tests.Cases;

/// <summary>The cases as the model sees them; no engine needed.</summary>
public sealed class ModelCaseFixture : CaseFixture;
