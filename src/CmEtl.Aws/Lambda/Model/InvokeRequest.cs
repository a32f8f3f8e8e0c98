namespace CmEtl.Aws.Lambda;

/// <summary>Calls a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</remarks>
public sealed record InvokeRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Version or alias.</summary>
    public string? Qualifier { get; init; }

    /// <summary>RequestResponse (default), Event or DryRun.</summary>
    public string? InvocationType { get; init; }

    /// <summary>Tail asks for the last 4 KB of the log.</summary>
    public string? LogType { get; init; }

    /// <summary>JSON text.</summary>
    public string? Payload { get; init; }
}
