namespace CmEtl.Aws.Lambda;

/// <summary>Creates a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html</remarks>
public sealed record CreateFunctionRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The code.</summary>
    public required FunctionCode Code { get; init; }

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

    /// <summary>x86_64 or arm64.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>Publish a version too.</summary>
    public bool? Publish { get; init; }

    /// <summary>The network it shall run in.</summary>
    public VpcConfig? VpcConfig { get; init; }
}
