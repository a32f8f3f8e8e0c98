using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Cost;

/// <summary>
/// Estimates from the shape of CmEtl's definitions. The function is billed for the memory it is given, not what it uses, and a chunk's time
/// is mostly the database's: half the memory is half the price. Child executions of a Distributed Map are standard workflows and billed
/// alike.
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

    private readonly EtlPrices _prices = prices ?? new EtlPrices();

    /// <summary>ValidateConfig, ExecuteTask01, ExecuteTask02, VerifyRun, CheckVerification, PipelineSuccess.</summary>
    public EtlCostEstimate Sequential(double task02Seconds) =>
        Estimate(transitions: 6, calls: 4, task02Seconds) with { DefinitionFile = PipelineDefinition.Sequential };

    /// <summary>Two states per chunk; eight around them, the Map among these.</summary>
    public EtlCostEstimate Inline(int chunks, double secondsPerChunk) =>
        Estimate(transitions: 8 + (2L * chunks), calls: 4L + chunks,
            chunks * secondsPerChunk) with { DefinitionFile = PipelineDefinition.Chunked };

    /// <summary>As <see cref="Inline"/>, and per batch a child execution with a Map of its own.</summary>
    public EtlCostEstimate Distributed(int chunks, double secondsPerChunk, int chunksPerBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunksPerBatch);
        // A child execution counts one for its start: https://aws.amazon.com/step-functions/pricing/ bills the Map's launches as
        // transitions.
        var batches = (chunks + chunksPerBatch - 1) / chunksPerBatch;
        var all = Estimate(transitions: 8 + (2L * chunks) + (2L * batches), calls: 4L + chunks, chunks * secondsPerChunk);
        return all with { DefinitionFile = PipelineDefinition.Distributed };
    }

    private EtlCostEstimate Estimate(long transitions, long calls, double seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        var memory = (decimal)(seconds + stepSeconds) * memoryMegabytes / 1024;
        var function = (memory * _prices.GigabyteSecond) + (calls * _prices.Request);
        return new EtlCostEstimate(function, transitions * _prices.Transition, memory, transitions);
    }
}
