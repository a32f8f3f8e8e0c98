namespace CmEtl.Aws.Deployment;

/// <summary>The intended function. Null values are not changed. For a new function <see cref="FunctionPublisher"/> has defaults.</summary>
public sealed record FunctionSpec
{
    /// <summary>Name of the function.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment package.</summary>
    public required PackageFile Package { get; init; }

    /// <summary>ARN of the function's role. Required to create the function.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Memory in MiB, 128 to 10240: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html.</summary>
    public int? MemorySize { get; init; }

    /// <summary>Timeout in seconds, 1 to 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>Environment variables to set. Null removes a variable. Other variables are kept.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>ARN of the KMS key that encrypts the environment. Empty selects Lambda's own key.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Subnet ids. An empty list disconnects the function from the VPC.</summary>
    public IReadOnlyList<string>? SubnetIds { get; init; }

    /// <summary>Security group ids. An empty list disconnects the function from the VPC.</summary>
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    /// <summary>Whether X-Ray tracing is enabled.</summary>
    public bool? Tracing { get; init; }

    /// <summary>All tags of the function. Null does not change them.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>
    /// Concurrent invocations that are reserved for the function, also its limit. <see cref="NoReservation"/> removes the reservation.
    /// </summary>
    public int? ReservedConcurrency { get; init; }

    /// <summary>Whether a function of another runtime is replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether a version is published.</summary>
    public bool Publish { get; init; }

    /// <summary>Alias to point to the published version. Implies <see cref="Publish"/>.</summary>
    public string? Alias { get; init; }

    /// <summary>Percentage of the alias's calls that the new version gets, 1 to 100. The previous version gets the rest.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>Number of newest versions to keep, besides those that an alias uses. Null deletes none.</summary>
    public int? KeepVersions { get; init; }

    /// <summary>Value of <see cref="ReservedConcurrency"/> that removes a reservation.</summary>
    public const int NoReservation = -1;
}
