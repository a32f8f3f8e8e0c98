using System.Globalization;
using System.Management.Automation;
using CmEtl.Aws.Lambda;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Processes single chunks now, here or by the Lambda function. A chunk that is done is skipped.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CmChunk", SupportsShouldProcess = true, DefaultParameterSetName = HereSet)]
[OutputType(typeof(ChunkResult))]
public sealed class InvokeCmChunkCommand : RemoteCmdlet
{
    private const string HereSet = "Here";
    private const string FunctionSet = "Function";

    /// <summary>Id of the run; the newest by default. With -FunctionName it has to be given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = FunctionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Numbers of the chunks in their run, from 0.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    [ArgumentCompleter(typeof(ChunkIdCompleter))]
    public int[] ChunkId { get; set; } = [];

    /// <summary>The Lambda function that shall do it instead of this process: name or ARN, with or without a version or an alias.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FunctionSet)]
    [ValidateNotNullOrEmpty]
    public string? FunctionName { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (FunctionName is not null)
        {
            RefuseDatabaseParameters("No chunk was processed.", "Leave it out, or leave out -FunctionName to process the chunk here.");
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
            WriteObject(Run($"Processing {target}",
                cancel => FunctionName is null ? Engine.ProcessChunkAsync(RunId, chunkId, cancel) : ProcessThereAsync(chunkId, cancel)));
        }
    }

    private async Task<ChunkResult> ProcessThereAsync(int chunkId, CancellationToken cancel)
    {
        using var client = Aws.For(FunctionName).OpenLambda();
        return await new RemoteChunk(client).ProcessAsync(FunctionName!, RunId!, chunkId, cancel);
    }

    // The next chunk may do better, except where settings are wrong for all of them.
    private protected override void Fail(CmEtlException error)
    {
        if (error.Kind == ErrorKind.Configuration)
        {
            base.Fail(error);
        }

        WriteError(error.ToErrorRecord(Subject));
    }
}
