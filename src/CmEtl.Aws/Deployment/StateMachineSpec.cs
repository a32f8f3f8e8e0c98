using Amazon.StepFunctions.Model;

namespace CmEtl.Aws.Deployment;

/// <summary>A state machine as it should be. What is null stays as it is, or as the service's default.</summary>
public sealed record StateMachineSpec
{
    /// <summary>The machine's name.</summary>
    public required string Name { get; init; }

    /// <summary>The definition with nothing left to substitute.</summary>
    public required string Definition { get; init; }

    /// <summary>The execution role; needed to create, and kept by an update when null.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Logging.</summary>
    public LoggingConfiguration? Logging { get; init; }

    /// <summary>Whether X-Ray traces.</summary>
    public bool? Tracing { get; init; }

    /// <summary>All tags the machine should have; null leaves them alone.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Publish a version.</summary>
    public bool Publish { get; init; }

    /// <summary>Point this alias to the version published; implies <see cref="Publish"/>.</summary>
    public string? Alias { get; init; }

    /// <summary>Percent of the alias's executions that the new version gets, 1 to 100; the others stay where they are.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>Delete all versions but this many, the newest ones, and those that an alias uses; null deletes none.</summary>
    public int? KeepVersions { get; init; }
}
