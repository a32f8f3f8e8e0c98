namespace CmEtl.Aws.Definitions;

/// <summary>The pipeline's own definitions and the values they are deployed with.</summary>
public static class PipelineDefinition
{
    /// <summary>Phase 1: Task 02 as one state.</summary>
    public const string Sequential = "etl_pipeline.json";

    /// <summary>Phase 2: chunks in an inline Map.</summary>
    public const string Chunked = "etl_pipeline_phase2_chunked.json";

    /// <summary>Phase 2 over a manifest in S3.</summary>
    public const string Distributed = "etl_pipeline_phase2_distributed.json";

    /// <summary>Where in its bucket the function writes manifests.</summary>
    public const string ManifestPrefix = "cmetl/manifest/";

    /// <summary>Where in its bucket a Distributed Map writes its results.</summary>
    public const string ResultPrefix = "cmetl/result";

    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["MaxConcurrency"] = "5",
        // Above Lambda's 900 s: the function's own, telling error has to win.
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

    /// <summary>A definition file; where there is none of that name, the pipeline's own with or without a folder before it.</summary>
    /// <exception cref="DefinitionException">Neither is there, or it is no JSON object.</exception>
    public static DefinitionTemplate Open(string path) =>
        !File.Exists(path) && Path.GetFileName(path) is (Sequential or Chunked or Distributed)
            ? DefinitionTemplate.BuiltIn(Path.GetFileName(path))
            : DefinitionTemplate.Load(path);

    /// <summary>The definition with every placeholder replaced: by the given values, then by the defaults.</summary>
    /// <exception cref="DefinitionException">A placeholder has no value, or a value no placeholder.</exception>
    public static string Render(DefinitionTemplate template, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(template);
        var all = new Dictionary<string, string>(values);
        foreach (var name in template.Placeholders.Where(Defaults.ContainsKey))
        {
            all.TryAdd(name, Defaults[name]);
        }

        return template.Render(all);
    }
}
