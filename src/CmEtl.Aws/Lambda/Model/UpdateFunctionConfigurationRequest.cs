namespace CmEtl.Aws.Lambda;

/// <summary>Changes what is not null.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html</remarks>
public sealed record UpdateFunctionConfigurationRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

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

    /// <summary>Refuse when somebody else has changed it since.</summary>
    public string? RevisionId { get; init; }
}
