using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>A state machine in memory.</summary>
internal sealed class BenchMachine
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    /// <summary>Definition, role, logging and tracing, which a version freezes.</summary>
    public required JsonObject Content { get; set; }

    public DateTimeOffset Created { get; } = DateTimeOffset.UtcNow;

    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>Null until the first update, as in the service.</summary>
    public string? Revision { get; set; }

    public List<(string Arn, string? Revision, JsonObject Content, DateTimeOffset At)> Versions { get; } = [];

    /// <summary>Number of published versions, including deleted ones.</summary>
    public int Published { get; set; }

    public Dictionary<string, BenchAlias> Aliases { get; } = [];
}
