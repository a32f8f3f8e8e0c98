using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Cost;

/// <summary>
/// Estimates the cost from the structure of CmEtl's definitions. The function is billed for its configured memory, not for the memory that
/// it uses. Most of a chunk's time is spent in the database, so half the memory costs about half the price. Child executions of a
/// Distributed Map are standard workflows and are billed in the same way.
/// </summary>
/// <param name="prices">Prices. Null selects those of us-east-1.</param>
/// <param name="memoryMegabytes">The function's memory in MiB.</param>
/// <param name="stepSeconds">Total seconds of all steps except chunks: preflight, Task 01, planning, verification.</param>
public sealed class EtlCost(EtlPrices? prices = null, int memoryMegabytes = EtlCost.DefaultMemory, double stepSeconds = 0)
{
    /// <summary>Default memory of the function in MiB.</summary>
    public const int DefaultMemory = 2048;

    /// <summary>Default number of chunks per child execution of a Distributed Map.</summary>
    public const int DefaultChunksPerBatch = 10;

    /// <summary>
    /// Maximum duration of a function in seconds: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
    /// </summary>
    public const double MostSeconds = 900;

    // The manifest, and the files of a Map's ResultWriter: manifest.json and one file each for succeeded, failed and pending items.
    private const int S3Writes = 5;
    private const int S3Reads = 1;

    private const decimal KilobytesOfGigabyte = 1024 * 1024;

    private readonly EtlPrices _prices = prices ?? new EtlPrices();

    /// <summary>Average number of retries per chunk. Each costs the time of the chunk, a call and a transition.</summary>
    public double RetriesPerChunk { get; init; }

    /// <summary>Kilobytes that one call of the function writes to its log.</summary>
    public double LogKilobytesPerCall { get; init; }

    /// <summary>NAT gateways that exist for the pipeline alone.</summary>
    public int NatGateways { get; init; }

    /// <summary>Interface endpoints that exist for the pipeline alone, each counted once per availability zone.</summary>
    public int InterfaceEndpoints { get; init; }

    /// <summary>Hours of gateways and endpoints charged to one execution: 24 for one execution a day.</summary>
    public double NetworkHours { get; init; } = 24;

    /// <summary>ValidateConfig, ExecuteTask01, ExecuteTask02, VerifyRun, CheckVerification, PipelineSuccess.</summary>
    public EtlCostEstimate Sequential(double task02Seconds) =>
        Estimate(PipelineDefinition.Sequential, transitions: 6, steps: 3, chunks: 1, task02Seconds);

    /// <summary>Two states per chunk; eight around them, the Map among these.</summary>
    public EtlCostEstimate Inline(int chunks, double secondsPerChunk) =>
        Estimate(PipelineDefinition.Chunked, transitions: 8 + (2L * chunks), steps: 4, chunks, secondsPerChunk);

    /// <summary>Like <see cref="Inline"/>, plus one child execution with its own Map per batch.</summary>
    public EtlCostEstimate Distributed(int chunks, double secondsPerChunk, int chunksPerBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunksPerBatch);
        // The start of a child execution counts as one: https://aws.amazon.com/step-functions/pricing/ bills the Map's launches as
        // transitions.
        var batches = (chunks + chunksPerBatch - 1) / chunksPerBatch;
        return Estimate(PipelineDefinition.Distributed, transitions: 8 + (2L * chunks) + (2L * batches), steps: 4, chunks,
            secondsPerChunk) with
        {
            S3 = (S3Writes * _prices.S3Write) + (S3Reads * _prices.S3Read),
        };
    }

    private EtlCostEstimate Estimate(string definition, long transitions, int steps, int chunks, double secondsPerChunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(secondsPerChunk);
        // A retry is billed as a transition, but does not enter another state.
        var retries = (long)Math.Ceiling(chunks * RetriesPerChunk);
        var calls = steps + chunks + retries;
        var memory = (decimal)(((chunks + retries) * secondsPerChunk) + stepSeconds) * memoryMegabytes / 1024;
        return new EtlCostEstimate((memory * _prices.GigabyteSecond) + (calls * _prices.Request),
            (transitions + retries) * _prices.Transition, memory, transitions + retries)
        {
            DefinitionFile = definition,
            Logs = calls * (decimal)LogKilobytesPerCall / KilobytesOfGigabyte * _prices.LogGigabyte,
            Network = (decimal)NetworkHours * ((NatGateways * _prices.NatGatewayHour) + (InterfaceEndpoints * _prices.EndpointHour)),
        };
    }
}
