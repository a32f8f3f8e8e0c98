using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>Phase 1 of TwoPhase for the whole window.</summary>
internal sealed class MarkLine() : EngineLine("mark", 1, LimitLine.LimitName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        _run = await Parts.PlanAsync(Phase.Sequential, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await using var connection = await Parts.Database.OpenAsync(cancel);
        var chunk = (await Parts.Chunks.ClaimNextAsync(connection, _run!.RunId, "bench", cancel))!;
        var statement = (await Parts.Statements.GetAsync(cancel))["task02/mark"];
        return (await connection.ExecuteAsync(statement, cancel, Parts.Statements.Parameters(_run, chunk, new PairsRelation(""))), null);
    }
}
