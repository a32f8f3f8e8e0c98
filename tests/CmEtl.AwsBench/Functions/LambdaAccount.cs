namespace CmEtl.AwsBench;

/// <summary>An account of Lambda without functions, as far as the host honours it.</summary>
public sealed record LambdaAccount
{
    /// <summary>The account of all ARNs.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The region of all ARNs.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Invocations at the same time; one more is refused as throttled.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>How long a function is Pending, and an update InProgress; infinite until <see cref="LambdaHost.Settle"/>.</summary>
    public TimeSpan ChangeTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>What Lambda itself adds to a function's environment: region and the credentials of its role.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks the signature of every request; null lets all in.</summary>
    public SigV4Verifier? Verifier { get; init; }
}
