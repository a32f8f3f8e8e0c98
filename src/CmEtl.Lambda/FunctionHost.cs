using System.Collections;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>Creates the function once per execution environment and runs it until the environment ends.</summary>
internal static class FunctionHost
{
    /// <returns>The exit code: 0 after SIGTERM, 1 if the function could not be started.</returns>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> environment, CancellationToken stop)
    {
        if (!environment.TryGetValue("AWS_LAMBDA_RUNTIME_API", out var api))
        {
            await Console.Error.WriteLineAsync("This program is an AWS Lambda function: AWS_LAMBDA_RUNTIME_API is not set.");
            return 1;
        }

        using var client = new RuntimeClient(api);
        try
        {
            var settings = FunctionSettings.Load(environment);
            var redactor = new Redactor(settings.Engine);
            using var logs = new JsonLoggers(Console.OpenStandardOutput(), settings.LogLevel, redactor);
            var metrics = new FunctionMetrics(logs, settings.MetricNamespace, environment.GetValueOrDefault("AWS_LAMBDA_FUNCTION_NAME", ""));
            var password = PasswordSource.Choose(environment, settings.Engine);
            await using var engine = new EtlEngine(settings.Engine, logs, password, Topic(settings.Engine, environment));
            using var manifests = new ManifestWriter(environment);
            var handler =
                new InvocationHandler(
                new Dispatcher(engine, manifests, new ConfigCheck(engine, settings, password, redactor), metrics), settings.DeadlineMargin);
            await new RuntimeLoop(client, handler, logs, metrics, redactor).RunAsync(stop);
            return 0;
        }
        catch (CmEtlException error)
        {
            await client.FailInitAsync(FunctionError.From(error), stop);
            return 1;
        }
    }

    private static Func<string, string, CancellationToken, Task<int>>? Topic(
        EtlSettings settings, IReadOnlyDictionary<string, string> environment)
    {
        var endpoint = Uri.TryCreate(environment.GetValueOrDefault(SnsTopic.EndpointVariable), UriKind.Absolute, out var uri) ? uri : null;
        return settings.NotifySnsTopicArn is { Length: > 0 } arn
            ? new SnsTopic(arn, () => Task.FromResult(AwsIdentity.Load(environment)), endpoint).PublishAsync
            : null;
    }

    public static Dictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
}
