using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>The S3 objects that a Distributed Map reads and writes.</summary>
internal sealed class MapStore(AmazonS3Client s3)
{
    /// <summary>
    /// Reads the items, a JSON array (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
    /// </summary>
    public async Task<IReadOnlyList<JsonNode?>> ReadAsync(JsonNode parameters)
    {
        try
        {
            using var answer = await s3.GetObjectAsync((string)parameters["Bucket"]!, (string)parameters["Key"]!);
            return [.. (await JsonNode.ParseAsync(answer.ResponseStream))!.AsArray()];
        }
        catch (Exception error) when (error is AmazonServiceException or HttpRequestException or JsonException or InvalidOperationException)
        {
            throw new StateFault("States.ItemReaderFailed", error.Message);
        }
    }

    /// <summary>
    /// Writes the results of the children by status, and a manifest that lists these files
    /// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
    /// </summary>
    /// <returns>The Map state's output.</returns>
    public async Task<JsonNode> WriteAsync(MapRun run, JsonNode parameters)
    {
        var (bucket, prefix) = ((string)parameters["Bucket"]!, $"{parameters["Prefix"]}/{run.Id}".TrimStart('/'));
        var files = new JsonObject { ["FAILED"] = new JsonArray(), ["PENDING"] = new JsonArray(), ["SUCCEEDED"] = new JsonArray() };
        try
        {
            foreach (var group in run.Children.GroupBy(c => c.Status == "SUCCEEDED" ? c.Status : c.Unsuccessful ? "FAILED" : "PENDING"))
            {
                var (key, body) = ($"{prefix}/{group.Key}_0.json", new JsonArray([.. group.Select(Result)]).ToJsonString());
                await PutAsync(bucket, key, body);
                files[group.Key]!.AsArray().Add(new JsonObject { ["Key"] = key, ["Size"] = body.Length });
            }

            var manifest = new JsonObject { ["DestinationBucket"] = bucket, ["MapRunArn"] = run.Arn, ["ResultFiles"] = files };
            await PutAsync(bucket, $"{prefix}/manifest.json", manifest.ToJsonString());
        }
        catch (Exception error) when (error is AmazonServiceException or HttpRequestException)
        {
            throw new StateFault("States.ResultWriterFailed", error.Message);
        }

        run.ResultsWritten = run.Children.Count(c => c.Status is "SUCCEEDED" || c.Unsuccessful);
        return new JsonObject
        {
            ["MapRunArn"] = run.Arn, ["ResultWriterDetails"] = new JsonObject { ["Bucket"] = bucket, ["Key"] = $"{prefix}/manifest.json" },
        };
    }

    private Task<PutObjectResponse> PutAsync(string bucket, string key, string body) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = body, UseChunkEncoding = false });

    private static JsonObject Result(BenchExecution child) => new()
    {
        ["ExecutionArn"] = child.Arn, ["Input"] = child.Input, ["InputDetails"] = new JsonObject { ["Included"] = true }, ["Name"] = child.Name,
        ["Output"] = child.Output, ["OutputDetails"] = child.Output is null ? null : new JsonObject { ["Included"] = true },
        ["Error"] = child.Error, ["Cause"] = child.Cause, ["RedriveCount"] = child.RedriveCount,
        ["StartDate"] = child.Status == "PENDING"
            ? null
            : child.Started.ToString("O"), ["StopDate"] = child.Stopped?.ToString("O"), ["StateMachineArn"] = child.MachineArn,
                ["Status"] = child.Status,
    };
}
