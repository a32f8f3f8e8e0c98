using System.Text.Json.Nodes;
using Amazon;
using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>The pipeline's own definitions and their default values.</summary>
public static class PipelineDefinition
{
    /// <summary>Phase 1: Task 02 as one state.</summary>
    public const string Sequential = "etl_pipeline.json";

    /// <summary>Phase 2: chunks in an inline Map.</summary>
    public const string Chunked = "etl_pipeline_phase2_chunked.json";

    /// <summary>Phase 2 over a manifest in S3.</summary>
    public const string Distributed = "etl_pipeline_phase2_distributed.json";

    /// <summary>The function of the sample account that the <c>*_ready.json</c> files call.</summary>
    public const string SampleFunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:cm-task-ag-test01:live";

    /// <summary>Key prefix of manifests in the bucket.</summary>
    public const string ManifestPrefix = "cmetl/manifest/";

    /// <summary>Key prefix of a Distributed Map's results in the bucket.</summary>
    public const string ResultPrefix = "cmetl/result";

    /// <summary>Placeholder of the function that a definition calls.</summary>
    private const string FunctionPlaceholder = "LambdaFunctionArn";

    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["MaxConcurrency"] = "5",
        // Greater than Lambda's 900 s, so that the function's own error, which has more details, is reported first.
        ["TaskTimeoutSeconds"] = "960",
        ["ChunkTimeoutSeconds"] = "960",
        // The documented retry of a chunk: domain/lambda_actions.md, section 2.
        ["RetryIntervalSeconds"] = "2",
        ["RetryMaxAttempts"] = "3",
        ["RetryBackoffRate"] = "2.0",
        ["TargetChunkSize"] = "10000",
        ["ChunksPerBatch"] = "10",
        ["ManifestPrefix"] = ManifestPrefix,
        ["ResultPrefix"] = ResultPrefix,
    };

    /// <summary>The documented renderings for a sample account, and the templates that they are rendered from.</summary>
    private static readonly Dictionary<string, string> Ready = new()
    {
        ["etl_pipeline_ready.json"] = Sequential, ["etl_pipeline_phase2_ready.json"] = Chunked,
    };

    /// <summary>
    /// Opens a definition file. If it does not exist, opens the pipeline's own definition of that name, with or without a folder. An
    /// unchanged
    /// <c>*_ready.json</c> file is treated as its template, so that it accepts the same values.
    /// </summary>
    /// <exception cref="DefinitionException">Neither exists, or it is not a JSON object.</exception>
    public static DefinitionTemplate Open(string path)
    {
        var name = Path.GetFileName(path);
        var own = OwnName(name);
        if (own is not null && !File.Exists(path))
        {
            return DefinitionTemplate.BuiltIn(own);
        }

        var file = DefinitionTemplate.Load(path);
        if (!Ready.ContainsKey(name))
        {
            return file;
        }

        var template = DefinitionTemplate.BuiltIn(own!);
        var rendered = Render(template, new Dictionary<string, string> { [FunctionPlaceholder] = SampleFunctionArn });
        // In an edited rendering, the sample function is still a placeholder for the deployed function.
        return JsonNode.DeepEquals(JsonNode.Parse(rendered), file.ToJson()) ? template : file.Replace(SampleFunctionArn, $"${{{FunctionPlaceholder}}}");
    }

    /// <summary>Reads the text of a definition file, or of the pipeline's own definition of that name.</summary>
    /// <exception cref="DefinitionException">The file cannot be read.</exception>
    public static string ReadText(string path) =>
        OwnName(Path.GetFileName(path)) is { } own && !File.Exists(path) ? DefinitionTemplate.BuiltInText(own)
            : DefinitionTemplate.ReadText(path);

    private static string? OwnName(string name) =>
        Ready.GetValueOrDefault(name) ?? (name is Sequential or Chunked or Distributed ? name : null);

    /// <summary>
    /// Replaces every placeholder of the definition, with the given values first and then with defaults. Service integrations get the
    /// partition of the function, because those of the partition aws do not exist in another one.
    /// </summary>
    /// <param name="template">The definition.</param>
    /// <param name="values">Values by placeholder. The function's value may be unused, because a user's definition can name its functions
    /// directly.</param>
    /// <exception cref="DefinitionException">A placeholder has no value, or a value has no placeholder.</exception>
    public static string Render(DefinitionTemplate template, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(values);
        var placeholders = template.Placeholders;
        var all = values.Where(v => v.Key != FunctionPlaceholder || placeholders.Contains(v.Key)).ToDictionary();
        foreach (var name in placeholders.Where(Defaults.ContainsKey))
        {
            all.TryAdd(name, Defaults[name]);
        }

        var isElsewhere = Arn.TryParse(values.GetValueOrDefault(FunctionPlaceholder, ""), out var function) && function.Partition != "aws";
        return (isElsewhere ? template.Replace("\"arn:aws:states:::", $"\"arn:{function!.Partition}:states:::") : template).Render(all);
    }

    /// <summary>A warning when the function that is given has no place in the definition; else nothing.</summary>
    public static IReadOnlyList<DefinitionFinding> Warnings(DefinitionTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Placeholders.Contains(FunctionPlaceholder) ? [] : [new(
            FindingSeverity.Warning, "FunctionNotUsed", "", "$",
            $"{template.Name} has no placeholder ${{{FunctionPlaceholder}}}, so the function that was given is not used: "
            + "the machine calls what the definition names. Write the placeholder where the function should be called.")];
    }
}
