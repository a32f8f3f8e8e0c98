namespace CmEtl.Aws.Lambda;

/// <summary>Asks for a function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html</remarks>
public sealed record GetFunctionRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Version or alias.</summary>
    public string? Qualifier { get; init; }
}
