using System.Collections;
using System.Management.Automation;
using CmEtl.Aws.Definitions;

namespace CmEtl.PowerShell;

/// <summary>Completes the pipeline's own definitions. PowerShell completes other file names.</summary>
public sealed class DefinitionFileCompleter : CmCompleter
{
    private protected override IEnumerable<CompletionResult> Nothing => null!;

    private protected override Task<IEnumerable<Choice>> FindAsync(IDictionary bound, CancellationToken cancel) =>
        Task.FromResult<IEnumerable<Choice>>(
    [
        Own(PipelineDefinition.Sequential, "Task 02 as one state: up to 15 minutes"),
        Own(PipelineDefinition.Chunked, "chunks in parallel, in one execution"),
        Own("etl_pipeline_ready.json", "etl_pipeline.json, by its documented name"),
        Own("etl_pipeline_phase2_ready.json", "etl_pipeline_phase2_chunked.json, by its documented name"),
        Own(PipelineDefinition.Distributed, "chunks in parallel, read from S3: for more than about a thousand"),
    ]);

    private static Choice Own(string file, string description) => new($"step_functions/{file}", description, file);
}
