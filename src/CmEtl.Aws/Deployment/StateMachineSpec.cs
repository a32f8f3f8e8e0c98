using Amazon.StepFunctions.Model;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>The intended state machine. Null values are not changed. For a new state machine the service has defaults.</summary>
public sealed record StateMachineSpec
{
    /// <summary>Name of the state machine.</summary>
    public required string Name { get; init; }

    /// <summary>The definition without placeholders.</summary>
    public required string Definition { get; init; }

    /// <summary>Findings from before the definition was rendered. The result returns them with the other warnings.</summary>
    public IReadOnlyList<DefinitionFinding> Warnings { get; init; } = [];

    /// <summary>ARN of the execution role. Required to create the state machine. If null, an update keeps the role.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Logging.</summary>
    public LoggingConfiguration? Logging { get; init; }

    /// <summary>Whether X-Ray tracing is enabled.</summary>
    public bool? Tracing { get; init; }

    /// <summary>All tags of the state machine. Null does not change them.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether a version is published.</summary>
    public bool Publish { get; init; }

    /// <summary>Alias to point to the published version. Implies <see cref="Publish"/>.</summary>
    public string? Alias { get; init; }

    /// <summary>Percentage of the alias's executions that the new version gets, 1 to 100. The previous version gets the rest.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>Number of newest versions to keep, besides those that an alias uses. Null deletes none.</summary>
    public int? KeepVersions { get; init; }
}
