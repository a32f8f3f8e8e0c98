namespace CmEtl.Aws.Lambda;

/// <summary>Configuration and state of a function or a version.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html</remarks>
public sealed record FunctionConfiguration
{
    /// <summary>Name.</summary>
    public string FunctionName { get; init; } = "";

    /// <summary>ARN.</summary>
    public string FunctionArn { get; init; } = "";

    /// <summary>Its role.</summary>
    public string? Role { get; init; }

    /// <summary>The handler; any text on a custom runtime.</summary>
    public string? Handler { get; init; }

    /// <summary>The runtime.</summary>
    public string? Runtime { get; init; }

    /// <summary>A note.</summary>
    public string? Description { get; init; }

    /// <summary>Seconds, at most 900.</summary>
    public int? Timeout { get; init; }

    /// <summary>MB.</summary>
    public int? MemorySize { get; init; }

    /// <summary>Its environment.</summary>
    public FunctionEnvironment? Environment { get; init; }

    /// <summary>Of the zip, base64.</summary>
    public string? CodeSha256 { get; init; }

    /// <summary>The version.</summary>
    public string? Version { get; init; }

    /// <summary>Pending, Active, Inactive or Failed.</summary>
    public string? State { get; init; }

    /// <summary>Why not Active.</summary>
    public string? StateReason { get; init; }

    /// <summary>Successful, InProgress or Failed.</summary>
    public string? LastUpdateStatus { get; init; }

    /// <summary>Why not Successful.</summary>
    public string? LastUpdateStatusReason { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>Changes with every change; a later update may demand it.</summary>
    public string? RevisionId { get; init; }
}
