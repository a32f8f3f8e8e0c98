using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.AwsBench.S3;

/// <summary>S3 on loopback: the npm package s3rver, which accepts only signed requests, with its own folder.</summary>
public sealed class S3Bench : IAsyncDisposable
{
    private readonly BenchOptions _options;
    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _armed = new(0);
    private readonly Task _reader;
    private readonly Task<string> _errors;

    private S3Bench(BenchOptions options, DirectoryInfo folder, Process process)
    {
        (_options, _folder, _process) = (options, folder, process);
        _errors = process.StandardError.ReadToEndAsync();
        _reader = ReadAsync();
    }

    /// <summary>Value for AWS_ENDPOINT_URL_S3.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>All requests.</summary>
    public ConcurrentQueue<S3Request> Requests { get; } = new();

    /// <summary>Starts a server. The first start installs it.</summary>
    /// <param name="options">Key, secret and region.</param>
    /// <param name="buckets">The existing buckets.</param>
    public static async Task<S3Bench> StartAsync(BenchOptions options, params string[] buckets)
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-s3-");
        var settings = new JsonObject
        {
            ["directory"] = folder.FullName, ["accessKey"] = options.AccessKey, ["secretKey"] = options.SecretKey,
            ["buckets"] = new JsonArray([.. buckets.Select(b => (JsonNode)b)]),
        };
        var start = Node.Command("node", Path.Combine(await NodePackages.FolderAsync(), "s3.mjs"), settings.ToJsonString());
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var bench = new S3Bench(options, folder, Process.Start(start)!);
        bench.Url = new Uri($"http://127.0.0.1:{await bench._port.Task.WaitAsync(TimeSpan.FromMinutes(2))}");
        return bench;
    }

    /// <summary>Answers each of the next requests with an error.</summary>
    public async Task FailAsync(int status, string code, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await _process.StandardInput.WriteLineAsync(new JsonObject { ["status"] = status, ["code"] = code }.ToJsonString());
            await _process.StandardInput.FlushAsync();
            await _armed.WaitAsync();
        }
    }

    /// <summary>A client with the bench's key.</summary>
    public AmazonS3Client NewClient() => NewClient(Url, _options);

    /// <summary>An object as it is stored.</summary>
    public async Task<byte[]> ReadAsync(string bucket, string key)
    {
        using var client = NewClient();
        using var answer = await client.GetObjectAsync(bucket, key);
        using var copy = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>All objects, each as its name and its text.</summary>
    public async Task<IReadOnlyList<string>> ReadAllAsync(string bucket)
    {
        using var client = NewClient();
        var objects = (await client.ListObjectsV2Async(new() { BucketName = bucket })).S3Objects ?? [];
        return await Task.WhenAll(objects.Select(async o => $"{o.Key} {System.Text.Encoding.UTF8.GetString(await ReadAsync(bucket, o.Key))}"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reader;
        await _errors;
        _process.Dispose();
        _armed.Dispose();
        _folder.Delete(recursive: true);
    }

    internal static AmazonS3Client NewClient(Uri url, BenchOptions options) => new(
        new BasicAWSCredentials(options.AccessKey, options.SecretKey),
        new AmazonS3Config { ServiceURL = url.ToString(), AuthenticationRegion = options.Region, ForcePathStyle = true });

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var told = JsonNode.Parse(line)!;
            if (told["port"] is { } port)
            {
                _port.SetResult((int)port);
            }
            else if (told["armed"] is not null)
            {
                _armed.Release();
            }
            else
            {
                var headers = told["headers"]!.AsObject().ToDictionary(h => h.Key, h => h.Value?.ToString() ?? "");
                Requests.Enqueue(new S3Request((string)told["method"]!, (string)told["path"]!, headers, (int)told["status"]!));
            }
        }

        _port.TrySetException(new InvalidOperationException($"s3rver did not start: {await _errors}"));
    }
}
