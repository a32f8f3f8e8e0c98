using System.Globalization;
using System.Text;
using System.Text.Json;
using CmEtl.AwsBench.S3;
using CmEtl.AwsBench.StepFunctions;
using Xunit.Abstractions;

namespace CmEtl.Lambda.Tests;

/// <summary>The numbers of the chunks in S3: the request, encryption, and one clear error for every possible failure.</summary>
[Collection(SharedServer.Name)]
public sealed class ManifestTests(DataServer server, ITestOutputHelper output)
{
    /// <summary>
    /// Maximum size of a state's data in bytes (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
    /// </summary>
    private const int MostBytes = 256 * 1024;

    [NodeFact]
    public async Task It_is_written_as_is_again_and_under_a_key_of_ones_own()
    {
        await using var s3 = await S3Bench.StartAsync(new(), MachineBench.Bucket);
        await using var world = await World.StartAsync(server, environment: [.. MachineBench.Role(s3), ("CMETL_MANIFEST_KMS_KEY_ID", "alias/cm-etl")]);
        var ids = await world.PrepareAsync("night");
        await world.CallAsync(Event("night"));
        Assert.Equal(ids, await ReadAsync(s3));

        await world.ChunkAsync("night", ids[0]);
        await world.CallAsync(Event("night"));
        Assert.Equal(ids.Skip(1), await ReadAsync(s3));

        var puts = s3.Requests.Where(r => r.Method == "PUT").ToList();
        Assert.Equal(2, puts.Count);
        Assert.All(puts, p => Assert.Equal(("aws:kms", "alias/cm-etl"), (p.Headers["x-amz-server-side-encryption"], p.Headers["x-amz-server-side-encryption-aws-kms-key-id"])));
        // The stored content is the signed content.
        Assert.Equal(SignatureV4.Hash(await s3.ReadAsync(MachineBench.Bucket, "manifests/plan.json")), puts[^1].Headers["x-amz-content-sha256"]);
        Assert.All(puts, p => Assert.True(p.Headers.ContainsKey("x-amz-checksum-crc32"), string.Join(' ', p.Headers.Keys)));
    }

    [NodeFact]
    public async Task An_error_of_S3_is_one_error_with_a_remedy()
    {
        await using var s3 = await S3Bench.StartAsync(new(), MachineBench.Bucket);
        await using var world = await World.StartAsync(server, environment: MachineBench.Role(s3));
        await world.PrepareAsync("night");
        foreach (var (status, code, type, words) in new (int, string, string, string)[]
        {
            (403, "AccessDenied", "CmEtl.Configuration", "s3:PutObject"),
            (403, "KMS.DisabledException", "CmEtl.Configuration", "CMETL_MANIFEST_KMS_KEY_ID"),
            (400, "ExpiredToken", "CmEtl.Configuration", "credentials are not valid"),
            (403, "InvalidAccessKeyId", "CmEtl.Configuration", "credentials are not valid"),
            (301, "PermanentRedirect", "CmEtl.Configuration", "another region"),
            (404, "NoSuchBucket", "CmEtl.Configuration", "the bucket does not exist"),
            (503, "SlowDown", "CmEtl.Transient", "SlowDown"),
            (500, "InternalError", "CmEtl.Transient", "InternalError"),
            (400, "InvalidRequest", "CmEtl.Permanent", "InvalidRequest"),
        })
        {
            await s3.FailAsync(status, code, times: 10);

            var message = await world.FailAsync(type, Event("night"));

            Assert.Contains(words, message, StringComparison.Ordinal);
            Assert.Contains(MachineBench.Bucket, message, StringComparison.Ordinal);
        }
    }

    [NodeFact]
    public async Task A_bucket_that_is_not_there_a_wrong_secret_and_no_role_are_configuration_and_no_S3_is_transient()
    {
        await using var s3 = await S3Bench.StartAsync(new(), MachineBench.Bucket);
        await AssertAsync("CmEtl.Configuration", "the bucket does not exist", Event("night", "no-such-bucket"));
        await AssertAsync("CmEtl.Configuration", "credentials are not valid", Event("night"), ("AWS_SECRET_ACCESS_KEY", "wrong"));
        await AssertAsync("CmEtl.Configuration", "AWS_ACCESS_KEY_ID", Event("night"), ("AWS_ACCESS_KEY_ID", ""));
        await AssertAsync("CmEtl.Transient", "could not be reached", Event("night"), ("AWS_ENDPOINT_URL_S3", $"http://127.0.0.1:{StepFunctionsBench.FreePort()}"));

        async Task AssertAsync(string type, string words, object call, params (string, string)[] environment)
        {
            await using var world = await World.StartAsync(server, environment: [.. MachineBench.Role(s3), .. environment]);
            await world.PrepareAsync("night");
            Assert.Contains(words, await world.FailAsync(type, call), StringComparison.Ordinal);
        }
    }

    [NodeFact]
    public async Task A_moment_of_trouble_is_got_over()
    {
        await using var s3 = await S3Bench.StartAsync(new(), MachineBench.Bucket);
        await using var world = await World.StartAsync(server, environment: MachineBench.Role(s3));
        var ids = await world.PrepareAsync("night");
        await s3.FailAsync(503, "SlowDown");
        await world.CallAsync(Event("night"));
        Assert.Equal(ids, await ReadAsync(s3));
    }

    [NodeFact]
    public async Task Ten_thousand_chunks_fit_into_a_state_and_a_hundred_thousand_into_a_manifest()
    {
        await using var s3 = await S3Bench.StartAsync(new(), MachineBench.Bucket);
        await using var world = await World.StartAsync(server, environment: MachineBench.Role(s3));
        await world.PrepareAsync("night");
        await GrowAsync(world, 10_000);
        var inline = await world.CallAsync(new { action = "get_task02_chunks", run_id = "night" });
        Assert.Equal(10_000, inline.GetProperty("chunk_ids").GetArrayLength());
        var bytes = Encoding.UTF8.GetByteCount(inline.GetRawText());

        await GrowAsync(world, 100_000);
        var distributed = await world.CallAsync(Event("night"));
        var left = Encoding.UTF8.GetByteCount(distributed.GetRawText());
        Assert.Equal(100_000, (await ReadAsync(s3)).Count);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"inline, 10,000 chunks: {bytes:N0} bytes of a state's {MostBytes:N0}; distributed, 100,000 chunks: {left:N0} bytes and a manifest of {distributed.GetProperty("manifest_bytes").GetInt64():N0}"));

        Assert.InRange(bytes, 0, MostBytes / 2);
        Assert.InRange(left, 0, 1_000);
    }

    private static object Event(string run, string bucket = MachineBench.Bucket) =>
        new { action = "get_task02_chunks", run_id = run, manifest_bucket = bucket, manifest_key = "manifests/plan.json" };

    private static async Task<List<int>> ReadAsync(S3Bench s3)
    {
        using var json = JsonDocument.Parse(await s3.ReadAsync(MachineBench.Bucket, "manifests/plan.json"));
        return [.. json.RootElement.EnumerateArray().Select(c => Assert.Single(c.EnumerateObject()))
            .Select(c => c.Name == "chunk_id" ? c.Value.GetInt32() : -1)];
    }

    /// <summary>A plan with this many chunks, all pending.</summary>
    private static Task<List<int>> GrowAsync(World world, int chunks) => DataServer.ReadAsync<int>(world.Data, $"""
        INSERT INTO cm_etl.chunk (run_id, chunk_id, from_date, from_ssn, from_id, to_date, to_ssn, to_id, first_date, last_date, estimated_rows, keys, dates, ssns, split_key)
        SELECT run_id, n, from_date, from_ssn, from_id, to_date, to_ssn, to_id, first_date, last_date, estimated_rows, keys, dates, ssns, split_key
          FROM cm_etl.chunk AS c, generate_series((SELECT max(chunk_id) + 1 FROM cm_etl.chunk), {chunks - 1}) AS n WHERE c.chunk_id = 0
        """);
}
