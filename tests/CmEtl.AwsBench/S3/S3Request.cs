namespace CmEtl.AwsBench.S3;

/// <summary>A request as S3 received it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Bucket and key.</param>
/// <param name="Headers">Names in lower case.</param>
/// <param name="Status">Status of the response.</param>
public sealed record S3Request(string Method, string Path, IReadOnlyDictionary<string, string> Headers, int Status);
