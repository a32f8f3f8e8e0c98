using System.Management.Automation;
using CmEtl.Aws.Cost;

namespace CmEtl.PowerShell;

/// <summary>
/// What one execution costs with each definition, in US dollars. A plan's summary can be piped in: it brings the number of its chunks and,
/// once some are done, their measured seconds.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CmEtlCost")]
[OutputType(typeof(EtlCostEstimate))]
public sealed class GetCmEtlCostCommand : CmCmdlet
{
    private const double AssumedSeconds = 60;

    /// <summary>Number of chunks in the plan.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public int Chunks { get; set; }

    /// <summary>
    /// Seconds of one chunk, measured or assumed; 60 when left out. Above 900, the function's longest timeout, 900 are taken.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public double? SecondsPerChunk { get; set; }

    /// <summary>Seconds of all steps but the chunks together: preflight, Task 01, planning, verification.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double StepSeconds { get; set; }

    /// <summary>Memory of the function, in MiB.</summary>
    [Parameter]
    [ValidateRange(128, 10_240)]
    public int MemorySize { get; set; } = EtlCost.DefaultMemory;

    /// <summary>Chunks of one child execution of the Distributed Map.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ChunksPerBatch { get; set; } = EtlCost.DefaultChunksPerBatch;

    /// <summary>Price of one GiB of memory for one second, in US dollars; the default is that of us-east-1, x86.</summary>
    [Parameter]
    public decimal PricePerGigabyteSecond { get; set; } = new EtlPrices().GigabyteSecond;

    /// <summary>Price of one function call, in US dollars; the default is that of us-east-1.</summary>
    [Parameter]
    public decimal PricePerRequest { get; set; } = new EtlPrices().Request;

    /// <summary>Price of one state transition of a standard workflow, in US dollars; the default is that of us-east-1.</summary>
    [Parameter]
    public decimal PricePerTransition { get; set; } = new EtlPrices().Transition;

    private protected override void Process()
    {
        var cost = new EtlCost(new EtlPrices(PricePerGigabyteSecond, PricePerRequest, PricePerTransition), MemorySize, StepSeconds);
        // What would take longer than the function may is never done.
        var seconds = Math.Clamp(SecondsPerChunk ?? AssumedSeconds, 0, EtlCost.MostSeconds);
        WriteObject(cost.Sequential(Chunks * seconds));
        WriteObject(cost.Inline(Chunks, seconds));
        WriteObject(cost.Distributed(Chunks, seconds, ChunksPerBatch));
    }
}
