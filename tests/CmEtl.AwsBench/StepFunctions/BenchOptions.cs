namespace CmEtl.AwsBench.StepFunctions;

/// <summary>What a bench accepts and where it calls.</summary>
public sealed record BenchOptions
{
    /// <summary>The only key it knows.</summary>
    public string AccessKey { get; init; } = "AKIDBENCH";

    /// <summary>The secret that requests must be signed with.</summary>
    public string SecretKey { get; init; } = "bench-secret";

    /// <summary>The region of all ARNs.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Where functions are called; a machine with tasks cannot run without.</summary>
    public Uri? LambdaUrl { get; init; }

    /// <summary>Where Distributed Maps read and write; a machine with one cannot run without.</summary>
    public Uri? S3Url { get; init; }

    /// <summary>Waits before a retry; null waits as long as the definition says.</summary>
    public int? RetryMilliseconds { get; init; }

    /// <summary>Entries per page where the caller does not say.</summary>
    public int PageSize { get; init; } = 100;
}
