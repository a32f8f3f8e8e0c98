using CmEtl.Aws.Lambda;

namespace CmEtl.Aws.Deployment;

/// <summary>A function as it should be. What is null stays as it is, or as the default of <see cref="FunctionPublisher"/>.</summary>
public sealed record FunctionSpec
{
    /// <summary>Name of the function.</summary>
    public required string Name { get; init; }

    /// <summary>The deployment package.</summary>
    public required byte[] Zip { get; init; }

    /// <summary>The function's role; needed to create.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Memory in MiB, 128 to 10240: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html.</summary>
    public int? MemorySize { get; init; }

    /// <summary>Timeout in seconds, 1 to 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>Environment variables to set; one with a null value is removed, one that is not named is kept.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The network, for a database that has no public address.</summary>
    public VpcConfig? Network { get; init; }

    /// <summary>Publish a version.</summary>
    public bool Publish { get; init; }

    /// <summary>Point this alias to the version published; implies <see cref="Publish"/>.</summary>
    public string? Alias { get; init; }
}
