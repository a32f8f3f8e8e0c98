using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Cost;

/// <summary>
/// Estimates from the shape of CmEtl's definitions. The function is billed for the memory it is given, not what it uses, and a chunk's
/// time is mostly the database's: half the memory is half the price. Child executions of a Distributed Map are standard workflows and
/// billed alike.
/// </summary>
/// <param name="prices">Prices; null means those of us-east-1.</param>
/// <param name="memoryMegabytes">The function's memory.</param>
/// <param name="stepSeconds">Time of all short steps of a run together: preflight, Task 01, plan, verification.</param>
public sealed class EtlCost(EtlPrices? prices = null, int memoryMegabytes = EtlCost.DefaultMemory, double stepSeconds = 0)
{
    /// <summary>Memory that the function is given, in MiB, where nothing else is said.</summary>
    public const int DefaultMemory = 2048;

    /// <summary>Chunks of one child execution of a Distributed Map, where nothing else is said.</summary>
    public const int DefaultChunksPerBatch = 10;

    /// <summary>
    /// The longest a function may take, in seconds: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
    /// </summary>
    public const double MostSeconds = 900;

    // The manifest, and the files that a Map's ResultWriter writes: manifest.json and one file each of what succeeded, failed and is
    // pending.
    private const int S3Writes = 5;
    private const int S3Reads = 1;

    private const decimal KilobytesOfGigabyte = 1024 * 1024;

    private readonly EtlPrices _prices = prices ?? new EtlPrices();

    /// <summary>Retries of a chunk on average. Each takes the time of the chunk, a call and a transition.</summary>
    public double RetriesPerChunk { get; init; }

    /// <summary>Kilobytes that one call of the function writes to its log.</summary>
    public double LogKilobytesPerCall { get; init; }

    /// <summary>NAT gateways that are there for the pipeline alone.</summary>
    public int NatGateways { get; init; }

    /// <summary>Interface endpoints that are there for the pipeline alone, each counted once per availability zone.</summary>
    public int InterfaceEndpoints { get; init; }

    /// <summary>Hours of gateways and endpoints that one execution bears: 24 where there is one a day.</summary>
    public double NetworkHours { get; init; } = 24;

    /// <summary>ValidateConfig, ExecuteTask01, ExecuteTask02, VerifyRun, CheckVerification, PipelineSuccess.</summary>
    public EtlCostEstimate Sequential(double task02Seconds) =>
        Estimate(PipelineDefinition.Sequential, transitions: 6, steps: 3, chunks: 1, task02Seconds);

    /// <summary>Two states per chunk; eight around them, the Map among these.</summary>
    public EtlCostEstimate Inline(int chunks, double secondsPerChunk) =>
        Estimate(PipelineDefinition.Chunked, transitions: 8 + (2L * chunks), steps: 4, chunks, secondsPerChunk);

    /// <summary>As <see cref="Inline"/>, and per batch a child execution with a Map of its own.</summary>
    public EtlCostEstimate Distributed(int chunks, double secondsPerChunk, int chunksPerBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunksPerBatch);
        // A child execution counts one for its start: https://aws.amazon.com/step-functions/pricing/ bills the Map's launches as
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
        // A retry is billed as a transition, but enters no further state.
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
