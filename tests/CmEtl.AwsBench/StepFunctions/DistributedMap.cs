using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// A Map state in distributed mode (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html), as far as the bench
/// supports it: a JSON array read from S3, passed in batches to standard executions, with its results written to S3.
/// </summary>
internal sealed class DistributedMap(string name, JsonObject state)
{
    /// <summary>Concurrency if the definition does not specify it: the maximum.</summary>
    private const int MostConcurrency = 10_000;

    private static readonly string[] Known =
    [
        "Type", "Comment", "Label", "ItemReader", "ItemBatcher", "MaxConcurrency", "ToleratedFailurePercentage", "ToleratedFailureCount", "ItemProcessor",
        "ResultWriter", "InputPath", "ResultSelector", "ResultPath", "OutputPath", "Retry", "Catch", "Next", "End",
    ];

    public string Name => name;

    /// <summary>Part of the ARNs of the children and the Map Run. Derived from the name if it is not given.</summary>
    public string Label { get; } = (string?)state[nameof(Label)] ?? name[..Math.Min(name.Length, 40)];

    public JsonObject Processor => state["ItemProcessor"]!.AsObject();

    public JsonObject Reader => state["ItemReader"]!["Parameters"]!.AsObject();

    public JsonNode BatchInput => state["ItemBatcher"]![nameof(BatchInput)] ?? new JsonObject();

    public int BatchSize => (int)state["ItemBatcher"]!["MaxItemsPerBatch"]!;

    public JsonObject Writer => state["ResultWriter"]!["Parameters"]!.AsObject();

    public int MaxConcurrency => (int?)state[nameof(MaxConcurrency)] is { } most and > 0 ? most : MostConcurrency;

    public double ToleratedPercentage => (double?)state["ToleratedFailurePercentage"] ?? 0;

    public int ToleratedCount => (int?)state["ToleratedFailureCount"] ?? 0;

    /// <summary>
    /// The Map fails when either threshold is exceeded, and without thresholds at the first failure
    /// (https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html#maprun-fail-threshold).
    /// </summary>
    public bool Bears(int failed, int total) => failed == 0
        || ((state["ToleratedFailurePercentage"] is not null || state["ToleratedFailureCount"] is not null)
            && (state["ToleratedFailurePercentage"] is null || failed * 100.0 <= ToleratedPercentage * total)
            && (state["ToleratedFailureCount"] is null || failed <= ToleratedCount));

    public static bool Is(JsonObject state) => (string?)state["ItemProcessor"]?["ProcessorConfig"]?["Mode"] == "DISTRIBUTED";

    /// <summary>A feature that the bench does not support, or null.</summary>
    public string? Unsupported() => state.Select(f => f.Key).FirstOrDefault(f => !Known.Contains(f))
        ?? Wanted("ItemProcessor.ProcessorConfig.ExecutionType", "STANDARD") ?? Wanted("ItemReader.Resource", ":states:::s3:getObject")
        ?? Wanted("ItemReader.ReaderConfig.InputType", "JSON") ?? Wanted("ResultWriter.Resource", ":states:::s3:putObject")
        ?? Only("ItemReader", "Resource", "ReaderConfig", "Parameters") ?? Only("ItemReader.ReaderConfig", "InputType")
        ?? Only("ItemBatcher", "MaxItemsPerBatch", "BatchInput") ?? Only("ResultWriter", "Resource", "Parameters")
        ?? (BatchSizeGiven ? null : "ItemBatcher without MaxItemsPerBatch");

    private bool BatchSizeGiven => state["ItemBatcher"]?["MaxItemsPerBatch"] is not null;

    private string? Wanted(string path, string value) => ((string?)At(path))?.EndsWith(value, StringComparison.Ordinal) == true ? null : $"{path} other than {value}";

    private string? Only(string path, params string[] fields) =>
        At(path)?.AsObject().Select(f => f.Key).FirstOrDefault(f => !fields.Contains(f)) is { } other ? $"{path}.{other}" : null;

    private JsonNode? At(string path) => path.Split('.').Aggregate<string, JsonNode?>(state, (node, step) => node?[step]);
}
