namespace CmEtl.Aws.Lambda;

/// <summary>Where a function's code is.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCodeLocation.html</remarks>
public sealed record FunctionCodeLocation
{
    /// <summary>S3.</summary>
    public string? RepositoryType { get; init; }

    /// <summary>An address valid for ten minutes.</summary>
    public string? Location { get; init; }
}
