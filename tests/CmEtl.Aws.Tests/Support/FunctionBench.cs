using System.IO.Compression;
using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using CmEtl.Aws.Lambda;
using CmEtl.AwsBench;

namespace CmEtl.Aws.Tests;

/// <summary>Lambda on loopback that accepts only signed requests, and its client. Functions are shell scripts.</summary>
internal sealed class FunctionBench : IDisposable
{
    public const string Role = "arn:aws:iam::123456789012:role/cm-etl-function";

    public FunctionBench()
    {
        Host = new LambdaHost(new LambdaAccount
        {
            Verifier = new SigV4Verifier("AKIDBENCH", "bench-secret", "lambda"), ChangeTime = Timeout.InfiniteTimeSpan,
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        });
        Client = Bench.NewLambda(Host.Endpoint);
    }

    public LambdaHost Host { get; }

    public AmazonLambdaClient Client { get; }

    /// <summary>A function that answers every event with one text from its code and one from its environment.</summary>
    public static byte[] Zip(string word)
    {
        using var package = new MemoryStream();
        using (var archive = new ZipArchive(package, ZipArchiveMode.Create))
        {
            var entry = archive.CreateEntry("bootstrap");
            entry.ExternalAttributes = 0b1_000_000_111_101_101 << 16;
            entry.LastWriteTime = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var writer = new StreamWriter(entry.Open());
            writer.Write($$"""
                #!/bin/sh
                api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
                while true; do
                  id=$(curl -s -D - -o /dev/null "$api/next" | tr -d '\r' | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //Ip')
                  curl -s -o /dev/null -d "\"{{word}} $MOOD\"" "$api/$id/response"
                done

                """.ReplaceLineEndings("\n"));
        }

        return package.ToArray();
    }

    public static CreateFunctionRequest Request(string word, Action<CreateFunctionRequest>? change = null)
    {
        var request = New(word);
        change?.Invoke(request);
        return request;
    }

    private static CreateFunctionRequest New(string word) => new()
    {
        FunctionName = "cm-etl", Role = Role, Runtime = "provided.al2023", Handler = "bootstrap", Timeout = 10, MemorySize = 2048,
        Code = new FunctionCode { ZipFile = new(Zip(word)) },
        Environment = new() { Variables = new() { ["MOOD"] = "calm" } },
    };

    /// <summary>Waits for the change in progress, which completes only when it is awaited.</summary>
    public async Task<FunctionConfiguration> ReadyAsync()
    {
        var ready = Client.WaitUntilReadyAsync("cm-etl", TimeSpan.FromMinutes(1), default);
        await Task.WhenAny(ready, Task.Delay(300));
        Host.Settle();
        return (await ready).Configuration;
    }

    public async Task<(string? Payload, string? Version)> CallAsync(string? qualifier = null, string function = "cm-etl")
    {
        var answer = await Client.InvokeAsync(new() { FunctionName = function, Qualifier = qualifier, Payload = "{}" }, default);
        Assert.Equal((200, null), (answer.StatusCode, answer.FunctionError));
        return (Encoding.UTF8.GetString(answer.Payload!.ToArray()), answer.ExecutedVersion);
    }

    public static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<AmazonServiceException>(call)).ErrorCode;

    public void Dispose()
    {
        Client.Dispose();
        Host.Dispose();
    }
}
