using System.Management.Automation;
using CmEtl.Aws.Cost;

namespace CmEtl.PowerShell;

/// <summary>
/// Estimates what one execution costs with each definition, in US dollars. The summary of a plan can be piped in. It provides the number of
/// chunks and, once some chunks are done, their measured seconds.
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
    /// Seconds per chunk, measured or assumed, 60 by default. Values above 900, the function's longest timeout, count as 900.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public double? SecondsPerChunk { get; set; }

    /// <summary>Total seconds of all steps except the chunks: preflight, Task 01, planning, verification.</summary>
    [Parameter]
    [ValidateRange(0.0, 86_400.0)]
    public double StepSeconds { get; set; }

    /// <summary>Memory of the function, in MiB.</summary>
    [Parameter]
    [ValidateRange(128, 10_240)]
    public int MemorySize { get; set; } = EtlCost.DefaultMemory;

    /// <summary>Chunks per child execution of the Distributed Map.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int ChunksPerBatch { get; set; } = EtlCost.DefaultChunksPerBatch;

    /// <summary>Price of one GiB of memory for one second, in US dollars. The default is the price in us-east-1 for x86.</summary>
    [Parameter]
    public decimal PricePerGigabyteSecond { get; set; } = new EtlPrices().GigabyteSecond;

    /// <summary>Price of one function call, in US dollars. The default is the price in us-east-1.</summary>
    [Parameter]
    public decimal PricePerRequest { get; set; } = new EtlPrices().Request;

    /// <summary>Price of one state transition of a standard workflow, in US dollars. The default is the price in us-east-1.</summary>
    [Parameter]
    public decimal PricePerTransition { get; set; } = new EtlPrices().Transition;

    /// <summary>Average number of retries per chunk: 0.1 if one chunk in ten is retried once.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double RetriesPerChunk { get; set; }

    /// <summary>Kilobytes that one call of the function writes to its log.</summary>
    [Parameter]
    [ValidateRange(0.0, 100_000.0)]
    public double LogKilobytesPerCall { get; set; } = 4;

    /// <summary>NAT gateways that exist for the pipeline alone.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int NatGateway { get; set; }

    /// <summary>Interface endpoints that exist for the pipeline alone, each counted once per availability zone.</summary>
    [Parameter]
    [ValidateRange(0, 1000)]
    public int InterfaceEndpoint { get; set; }

    /// <summary>Hours of gateways and endpoints charged to one execution: 24 for one execution a day.</summary>
    [Parameter]
    [ValidateRange(0.0, 8_784.0)]
    public double NetworkHours { get; set; } = 24;

    /// <summary>Price of one GB written to CloudWatch Logs, in US dollars. The default is the price in us-east-1.</summary>
    [Parameter]
    public decimal PricePerLogGigabyte { get; set; } = new EtlPrices().LogGigabyte;

    /// <summary>Price of a NAT gateway for one hour, in US dollars. The default is the price in us-east-1.</summary>
    [Parameter]
    public decimal PricePerNatGatewayHour { get; set; } = new EtlPrices().NatGatewayHour;

    /// <summary>
    /// Price of an interface endpoint in one availability zone for one hour, in US dollars. The default is the price in us-east-1.
    /// </summary>
    [Parameter]
    public decimal PricePerEndpointHour { get; set; } = new EtlPrices().EndpointHour;

    private protected override void Process()
    {
        var prices = new EtlPrices(PricePerGigabyteSecond, PricePerRequest, PricePerTransition)
        {
            LogGigabyte = PricePerLogGigabyte, NatGatewayHour = PricePerNatGatewayHour, EndpointHour = PricePerEndpointHour,
        };
        var cost = new EtlCost(prices, MemorySize, StepSeconds)
        {
            RetriesPerChunk = RetriesPerChunk, LogKilobytesPerCall = LogKilobytesPerCall,
            NatGateways = NatGateway, InterfaceEndpoints = InterfaceEndpoint, NetworkHours = NetworkHours,
        };
        // A chunk cannot take longer than the function's timeout.
        var seconds = Math.Clamp(SecondsPerChunk ?? AssumedSeconds, 0, EtlCost.MostSeconds);
        WriteObject(cost.Sequential(Chunks * seconds));
        WriteObject(cost.Inline(Chunks, seconds));
        WriteObject(cost.Distributed(Chunks, seconds, ChunksPerBatch));
    }
}
