namespace CmEtl.AwsBench;

/// <summary>A function that exists from the start, under its name and with the alias <c>live</c>.</summary>
public sealed record LambdaOptions
{
    /// <summary>The deployment package.</summary>
    public required string ZipFile { get; init; }

    /// <summary>Name of the function.</summary>
    public string FunctionName { get; init; } = "cm-etl";

    /// <summary>The function's environment variables. Sandboxes do not see the other variables of the host.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>After this time a sandbox is killed (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Maximum number of concurrent invocations. Further ones are throttled.</summary>
    public int Concurrency { get; init; } = 10;
}
