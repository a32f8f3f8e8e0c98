namespace CmEtl.Aws.Lambda;

/// <summary>The code of a new function.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html</remarks>
public sealed record FunctionCode
{
    /// <summary>The zip, when it is sent along.</summary>
    public byte[]? ZipFile { get; init; }

    /// <summary>Bucket of the zip.</summary>
    public string? S3Bucket { get; init; }

    /// <summary>Key of the zip.</summary>
    public string? S3Key { get; init; }
}
