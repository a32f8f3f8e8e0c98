using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Tests;

/// <summary>The project's definitions, rendered for a sample account.</summary>
internal static class Definitions
{
    public const string FunctionArn = PipelineDefinition.SampleFunctionArn;

    public static readonly string[] Names = ["etl_pipeline", "etl_pipeline_phase2_chunked", "etl_pipeline_phase2_distributed"];

    private static readonly Dictionary<string, string> Values = new()
    {
        ["LambdaFunctionArn"] = FunctionArn, ["ManifestBucket"] = "cm-etl-bucket",
    };

    public static string Folder { get; } = Path.Combine(Repository.Root, "step_functions");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    public static string Render(string name)
    {
        var template = DefinitionTemplate.Load(Path.Combine(Folder, name + ".json"));
        return PipelineDefinition.Render(template, Values.Where(v => template.Placeholders.Contains(v.Key)).ToDictionary());
    }
}
