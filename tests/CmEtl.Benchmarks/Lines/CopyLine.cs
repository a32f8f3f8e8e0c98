using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>The lower limit of the snapshot: copying the live columns that it contains into a new table.</summary>
internal sealed class CopyLine() : Line(CopyName, 1)
{
    public const string CopyName = "create table as";

    private string _columns = "";

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await bench.Admin.ExecuteAsync("DROP TABLE IF EXISTS bench.snapshot", cancel);
        _columns = (await bench.Admin.QueryAsync(
            """
            SELECT string_agg(quote_ident(l.attname), ', ' ORDER BY l.attnum)
              FROM pg_attribute AS l
              JOIN pg_attribute AS t ON t.attname = l.attname AND t.attrelid = 'conflict.conflictvisitmaps_temp'::regclass
             WHERE l.attrelid = 'conflict.conflictvisitmaps'::regclass AND l.attnum > 0 AND NOT l.attisdropped
            """, r => r.GetString(0), cancel)).Single();
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await bench.Admin.ExecuteAsync($"CREATE TABLE bench.snapshot AS SELECT {_columns} FROM conflict.conflictvisitmaps", cancel);
        return (bench.Rows, null);
    }
}
