using System.Globalization;
using System.Management.Automation;
using CmEtl.Aws.Lambda;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Processes individual chunks now, in this process or in the Lambda function. Chunks that are done are skipped.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CmChunk", SupportsShouldProcess = true, DefaultParameterSetName = HereSet)]
[OutputType(typeof(ChunkResult))]
public sealed class InvokeCmChunkCommand : RemoteCmdlet
{
    private const string HereSet = "Here";
    private const string FunctionSet = "Function";

    /// <summary>Id of the run. The default is the newest run. Required with -FunctionName.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = FunctionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Numbers of the chunks in the run. The first chunk is 0.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(ChunkIdCompleter))]
    public int[] ChunkId { get; set; } = [];

    /// <summary>Lambda function that processes the chunk instead: name or ARN, with or without a version or an alias.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FunctionSet)]
    [ValidateNotNullOrEmpty]
    public string? FunctionName { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FunctionName is not null)
        {
            RefuseDatabaseParameters("No chunk was processed.", "Leave it out, or leave out -FunctionName to process the chunk in this process.");
        }
    }

    private protected override void Process()
    {
        foreach (var chunkId in ChunkId)
        {
            Process(chunkId);
        }
    }

    private void Process(int chunkId)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"chunk {chunkId} of {RunId ?? "the newest run"}, {FunctionName ?? Target}");
        if (ShouldProcess(target, "Process chunk"))
        {
            WriteObject(Run(
                $"Processing {target}",
                cancel => FunctionName is null ? Engine.ProcessChunkAsync(RunId, chunkId, cancel) : ProcessThereAsync(chunkId, cancel)));
        }
    }

    private async Task<ChunkResult> ProcessThereAsync(int chunkId, CancellationToken cancel)
    {
        using var client = Aws.For(FunctionName).OpenLambda();
        return await new RemoteChunk(client).ProcessAsync(FunctionName!, RunId!, chunkId, cancel);
    }

    // Other chunks may still succeed, unless a setting is invalid.
    private protected override void Fail(CmEtlException error)
    {
        if (error.Kind == ErrorKind.Configuration)
        {
            base.Fail(error);
        }

        WriteError(error.ToErrorRecord(Subject));
    }
}
