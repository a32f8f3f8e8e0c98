using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>The figures that are logged about a plan.</summary>
internal sealed class PlanSummary
{
    private long _keys;
    private long _least = long.MaxValue;
    private long _most;

    public long Rows { get; private set; }

    public int Chunks { get; private set; }

    public void Add(PlannedChunk chunk)
    {
        Chunks++;
        Rows += chunk.Rows;
        _keys += chunk.Keys;
        _least = Math.Min(_least, chunk.Rows);
        _most = Math.Max(_most, chunk.Rows);
    }

    public void Log(ILogger log)
    {
        if (Chunks == 0)
        {
            log.LogWarning("Plan: the window contains no rows to refresh");
            return;
        }

        log.LogInformation(
            "Plan: {Rows} rows in {Keys} (date, SSN) keys, {Chunks} chunks of {Least} to {Most} rows, {Average} on average",
            Rows, _keys, Chunks, _least, _most, Rows / Chunks);
    }
}
