using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>An alias in memory.</summary>
internal sealed record BenchAlias(JsonArray Routing, DateTimeOffset Created, DateTimeOffset Updated);
