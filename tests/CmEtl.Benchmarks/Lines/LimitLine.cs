using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>
/// The time that the server needs to write the same values into the same rows, confirmed and marked ones, without computing them.
/// </summary>
internal sealed class LimitLine(int connections, string name = LimitLine.LimitName) : Line(name, connections, LimitName)
{
    public const string LimitName = "limit";

    private IReadOnlyList<decimal> _cuts = [];

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel) =>
        _cuts = await bench.CutsAsync(Connections, cancel);

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        var parts = await Task.WhenAll(_cuts.Zip(_cuts.Skip(1), (from, to) => UpdateAsync(bench, from, to, cancel)));
        return (parts.Sum(), null);
    }

    private static async Task<long> UpdateAsync(BenchDatabase bench, decimal from, decimal to, CancellationToken cancel)
    {
        await using var connection = await bench.ConnectAsync(cancel);
        Task<int> WriteAsync(string assignments, bool confirmed) => connection.ExecuteAsync(
            $"""
            UPDATE conflict.conflictvisitmaps AS c SET {assignments}
              FROM bench.computed AS p WHERE p."ID" = c."ID" AND p."ID" >= @from AND p."ID" < @to AND p.confirmed = {confirmed}
            """, cancel, ("from", from), ("to", to));

        await WriteAsync("\"UpdateFlag\" = 1", confirmed: false);
        return await WriteAsync(bench.Assignments, confirmed: true);
    }
}
