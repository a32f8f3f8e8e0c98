using System.Globalization;
using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Processes single chunks now. A chunk that is done is skipped.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "CmChunk", SupportsShouldProcess = true)]
[OutputType(typeof(ChunkResult))]
public sealed class InvokeCmChunkCommand : EngineCmdlet
{
    /// <summary>The run; the newest by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>The chunk's number.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int ChunkId { get; set; }

    private protected override void Process()
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"chunk {ChunkId} of {RunId ?? "the newest run"}, {Target}");
        if (ShouldProcess(target, "Process chunk"))
        {
            WriteObject(Run(cancel => Engine.ProcessChunkAsync(RunId, ChunkId, cancel)));
        }
    }

    // The next chunk may do better, except where settings are wrong for all of them.
    private protected override void Fail(CmEtlException error)
    {
        if (error.Kind == ErrorKind.Configuration)
        {
            base.Fail(error);
        }

        WriteError(error.ToErrorRecord());
    }
}
