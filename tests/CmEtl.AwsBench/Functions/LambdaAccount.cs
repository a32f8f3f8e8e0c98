namespace CmEtl.AwsBench;

/// <summary>A Lambda account without functions, with the properties that the host supports.</summary>
public sealed record LambdaAccount
{
    /// <summary>The account of all ARNs.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The region of all ARNs.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Maximum number of concurrent invocations. Further ones are throttled.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>How long a function is Pending or an update InProgress; infinite means until <see cref="LambdaHost.Settle"/>.</summary>
    public TimeSpan ChangeTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Variables that Lambda itself adds to a function's environment: the region and the credentials of its role.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks the signature of every request; null accepts all.</summary>
    public SigV4Verifier? Verifier { get; init; }
}
