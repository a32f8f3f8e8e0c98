namespace CmEtl.Aws.Lambda;

/// <summary>What the function answered.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html</remarks>
public sealed record InvokeResponse
{
    /// <summary>HTTP status.</summary>
    public int StatusCode { get; init; }

    /// <summary>Set when the function threw: the payload is its error.</summary>
    public string? FunctionError { get; init; }

    /// <summary>The end of the log, base64.</summary>
    public string? LogResult { get; init; }

    /// <summary>The version that ran.</summary>
    public string? ExecutedVersion { get; init; }

    /// <summary>JSON text.</summary>
    public string? Payload { get; init; }
}
