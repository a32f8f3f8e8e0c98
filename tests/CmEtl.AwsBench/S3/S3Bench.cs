using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.AwsBench.S3;

/// <summary>S3 on loopback: the npm package s3rver, which accepts only signed requests, with its own folder.</summary>
public sealed class S3Bench : IAsyncDisposable
{
    private readonly BenchOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cmetl-s3-");
    private readonly NodeHost _node;
    private readonly long _id;
    private readonly Task _closed;
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private S3Bench(BenchOptions options, NodeHost node, string[] buckets)
    {
        (_options, _node) = (options, node);
        (_id, _closed) = node.Call("s3", new JsonObject
        {
            ["directory"] = _folder.FullName, ["accessKey"] = options.AccessKey, ["secretKey"] = options.SecretKey,
            ["buckets"] = new JsonArray([.. buckets.Select(b => (JsonNode)b)]),
        }, Read);
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
        var bench = new S3Bench(options, await NodeHost.GetAsync(), buckets);
        // If it cannot start, this throws why.
        await await Task.WhenAny(bench._port.Task, bench._closed).WaitAsync(TimeSpan.FromMinutes(2));
        bench.Url = new Uri($"http://127.0.0.1:{await bench._port.Task}");
        return bench;
    }

    /// <summary>Answers each of the next requests with an error. What is left of an earlier call no longer counts.</summary>
    public Task FailAsync(int status, string code, int times = 1)
    {
        var faults = Enumerable.Range(0, times).Select(_ => (JsonNode)new JsonObject { ["status"] = status, ["code"] = code });
        return _node.Call("fail", new JsonObject { ["s3"] = _id, ["faults"] = new JsonArray([.. faults]) }).Answer;
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
        await _node.Call("close", new JsonObject { ["s3"] = _id }).Answer;
        await _closed;
        _folder.Delete(recursive: true);
    }

    internal static AmazonS3Client NewClient(Uri url, BenchOptions options) => new(
        new BasicAWSCredentials(options.AccessKey, options.SecretKey),
        new AmazonS3Config { ServiceURL = url.ToString(), AuthenticationRegion = options.Region, ForcePathStyle = true });

    private void Read(JsonNode told)
    {
        if (told["port"] is { } port)
        {
            _port.SetResult((int)port);
        }
        else
        {
            var headers = told["headers"]!.AsObject().ToDictionary(h => h.Key, h => h.Value?.ToString() ?? "");
            Requests.Enqueue(new S3Request((string)told["method"]!, (string)told["path"]!, headers, (int)told["status"]!));
        }
    }
}
