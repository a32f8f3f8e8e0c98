namespace CmEtl.Benchmarks;

/// <summary>The planner's query alone, with its rows discarded.</summary>
internal sealed class GroupByLine() : EngineLine(GroupByName, 1, "")
{
    public const string GroupByName = "plan query";

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        var (from, to) = (await Parts.Database.QueryAsync(
            Parts.Sql["plan/window"], r => (r.GetFieldValue<DateOnly>(0), r.GetFieldValue<DateOnly>(1)), cancel,
            ("lookback_years", Parts.Settings.LookbackYears), ("lookahead_days", Parts.Settings.LookaheadDays))).Single();
        await Parts.Database.ExecuteAsync(Parts.Sql["plan/keys"], cancel, ("window_from", from), ("window_to", to));
        return (bench.Rows, null);
    }
}
