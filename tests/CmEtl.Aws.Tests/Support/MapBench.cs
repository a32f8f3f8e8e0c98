using Amazon.StepFunctions.Model;
using CmEtl.AwsBench.S3;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Aws.Tests;

/// <summary>A bench with S3. The chunks of the stub are written to the manifest in the event.</summary>
internal sealed class MapBench : IAsyncDisposable
{
    public const string Bucket = "cm-etl-bucket";

    private MapBench(S3Bench s3, Bench bench) => (S3, Bench) = (s3, bench);

    public S3Bench S3 { get; }

    public Bench Bench { get; }

    /// <summary>The manifest; null for none.</summary>
    public string? Manifest { get; set; } = Bucket;

    public static async Task<MapBench> StartAsync(PipelineStub pipeline)
    {
        var s3 = await S3Bench.StartAsync(new BenchOptions(), Bucket);
        var world = new MapBench(s3, await Bench.StartAsync(pipeline, new BenchOptions { S3Url = s3.Url }));
        pipeline.WriteManifest = (call, left) =>
        {
            if (world.Manifest is { } bucket && (string?)call["manifest_key"] is { } key)
            {
                using var client = s3.NewClient();
                client.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = left.ToJsonString(), UseChunkEncoding = false })
                    .Wait();
            }
        };
        return world;
    }

    public async Task<DescribeMapRunResponse> OnlyRunAsync(string execution)
    {
        var run = Assert.Single((await Bench.Client.ListMapRunsAsync(new() { ExecutionArn = execution }, default)).MapRuns);
        return await Bench.Client.DescribeMapRunAsync(new() { MapRunArn = run.MapRunArn }, default);
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        await S3.DisposeAsync();
    }
}
