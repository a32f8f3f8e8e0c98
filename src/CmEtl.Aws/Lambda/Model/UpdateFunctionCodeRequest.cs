namespace CmEtl.Aws.Lambda;

/// <summary>Replaces a function's code.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html</remarks>
public sealed record UpdateFunctionCodeRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>The zip, when it is sent along.</summary>
    public byte[]? ZipFile { get; init; }

    /// <summary>Bucket of the zip.</summary>
    public string? S3Bucket { get; init; }

    /// <summary>Key of the zip.</summary>
    public string? S3Key { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>Publish a version too.</summary>
    public bool? Publish { get; init; }

    /// <summary>Refuse when somebody else has changed it since.</summary>
    public string? RevisionId { get; init; }
}
