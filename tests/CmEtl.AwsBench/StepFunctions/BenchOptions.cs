namespace CmEtl.AwsBench.StepFunctions;

/// <summary>Settings of a bench: accepted credentials and called services.</summary>
public sealed record BenchOptions
{
    /// <summary>The only accepted access key.</summary>
    public string AccessKey { get; init; } = "AKIDBENCH";

    /// <summary>The secret that requests must be signed with.</summary>
    public string SecretKey { get; init; } = "bench-secret";

    /// <summary>The region of all ARNs.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The partition of the region: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html.</summary>
    public string Partition => Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    /// <summary>Endpoint of functions. A machine with tasks requires it.</summary>
    public Uri? LambdaUrl { get; init; }

    /// <summary>Endpoint of S3 for Distributed Maps. A machine with one requires it.</summary>
    public Uri? S3Url { get; init; }

    /// <summary>Wait before a retry; null means as long as the definition says.</summary>
    public int? RetryMilliseconds { get; init; }

    /// <summary>Entries per page if the caller does not specify it.</summary>
    public int PageSize { get; init; } = 100;
}
