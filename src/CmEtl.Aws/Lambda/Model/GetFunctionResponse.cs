namespace CmEtl.Aws.Lambda;

/// <summary>A function as it stands.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html</remarks>
public sealed record GetFunctionResponse
{
    /// <summary>Its configuration.</summary>
    public FunctionConfiguration? Configuration { get; init; }

    /// <summary>Where its code is.</summary>
    public FunctionCodeLocation? Code { get; init; }
}
