namespace CmEtl.Aws.Deployment;

/// <summary>A function as it should be. What is null stays as it is, or as the default of <see cref="FunctionPublisher"/>.</summary>
public sealed record FunctionSpec
{
    /// <summary>Name of the function.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment package.</summary>
    public required PackageFile Package { get; init; }

    /// <summary>The function's role; needed to create.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Memory in MiB, 128 to 10240: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html.</summary>
    public int? MemorySize { get; init; }

    /// <summary>Timeout in seconds, 1 to 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>Environment variables to set; one with a null value is removed, one that is not named is kept.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>ARN of the KMS key that encrypts the environment; empty is Lambda's own key.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Subnets; empty leaves the network.</summary>
    public IReadOnlyList<string>? SubnetIds { get; init; }

    /// <summary>Security groups; empty leaves the network.</summary>
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    /// <summary>Whether X-Ray traces.</summary>
    public bool? Tracing { get; init; }

    /// <summary>All tags the function should have; null leaves them alone.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>
    /// Concurrent invocations that are reserved for the function, and its limit; <see cref="NoReservation"/> removes the reservation.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Replace a function of another runtime.</summary>
    public bool Force { get; init; }

    /// <summary>Publish a version.</summary>
    public bool Publish { get; init; }

    /// <summary>Point this alias to the version published; implies <see cref="Publish"/>.</summary>
    public string? Alias { get; init; }

    /// <summary>Percent of the alias's calls that the new version gets, 1 to 100; the others stay where they are.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>Delete all versions but this many, the newest ones, and those that an alias uses; null deletes none.</summary>
    public int? KeepVersions { get; init; }

    /// <summary>Value of <see cref="ReservedConcurrency"/> that removes a reservation.</summary>
    public const int NoReservation = -1;
}
