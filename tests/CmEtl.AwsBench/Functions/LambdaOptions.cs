namespace CmEtl.AwsBench;

/// <summary>A function that is there from the start, under its name and the alias <c>live</c>.</summary>
public sealed record LambdaOptions
{
    /// <summary>The deployment package.</summary>
    public required string ZipFile { get; init; }

    /// <summary>Name under which the function is invoked.</summary>
    public string FunctionName { get; init; } = "cm-etl";

    /// <summary>The function's environment variables. Sandboxes see these and nothing else of the host's.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>After this time a sandbox is killed (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Invocations at the same time; one more is refused as throttled.</summary>
    public int Concurrency { get; init; } = 10;
}
