using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using CmEtl.Engine.Tests.Indexes;
using CmEtl.Engine.Tests.Ledger;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// The plans of a worker's prepared statements when the tables are large: growing tables are accessed by key and never scanned, with only
/// the indexes that Initialize-CmEtlDatabase -Indexes creates. Dimensions have 300,000 rows. Of pairs and visits the test has few, and
/// statistics tell the planner that their pages hold a hundred thousand times as many rows.
/// </summary>
[Collection(EngineTestGroup.Name)]
public sealed partial class PlanShapeTests(EngineServer server)
{
    private const int DimensionRows = 300_000;

    private static readonly string[] Facts = ["conflictvisitmaps", "factvisitcallperformance_cr"];

    private static readonly (string Table, string Columns, string Values)[] Dimensions =
    [
        ("dimcaregiver", "\"Caregiver Id\"", "'filler-' || g"), ("dimcontract", "\"Contract Id\"", "'filler-' || g"),
        ("dimoffice", "\"Office Id\"", "'filler-' || g"), ("dimpatient", "\"Patient Id\"", "'filler-' || g"),
        ("dimpatientaddress", "\"Patient Address Id\", \"Patient Id\", \"Address Type\", \"Primary Address\"", "'filler-' || g, 'filler-' || g, 'GPS', true"),
        ("dimpayer", "\"Payer Id\"", "'filler-' || g"), ("dimprovider", "\"Provider Id\", \"Is Active\", \"Is Demo\"", "'filler-' || g, true, false"),
        ("dimservicecode", "\"Service Code Id\"", "'filler-' || g"), ("dimuser", "\"User Id\"", "'filler-' || g"),
    ];

    private static readonly string[] Big = [.. Facts, .. Dimensions.Select(d => d.Table)];

    [Fact]
    public async Task No_statement_of_a_chunk_scans_a_growing_table()
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.DropAllAsync(database);
        foreach (var (table, columns, values) in Dimensions)
        {
            await database.ExecuteAsync($"INSERT INTO analytics.{table} ({columns}) SELECT {values} FROM generate_series(1, {DimensionRows}) AS g");
        }

        await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None);
        await database.ExecuteAsync("ANALYZE");
        await database.ExecuteAsync(
            $"UPDATE pg_class SET reltuples = reltuples * 100000 WHERE relkind = 'r' AND relname IN ({string.Join(", ", Facts.Select(t => $"'{t}'"))})");
        var engine = database.Engine();
        await engine.PlanAsync((await engine.BeginAsync(new StartRequest { RunId = "plans" }, CancellationToken.None)).RunId, CancellationToken.None);
        var parts = new EngineInternals(database.Settings);
        await using var own = parts.Database;
        var statements = new ChunkStatements(database.Settings, own, parts.Sql);
        var processor = new ChunkProcessor(database.Settings, own, parts.Chunks, statements, NullLogger.Instance);
        var run = await parts.Runs.ReadAsync("plans", CancellationToken.None);
        var library = await statements.GetAsync(CancellationToken.None);
        await using var connection = await processor.OpenAsync(Phase.Chunked, CancellationToken.None);
        var chunk = (await parts.Chunks.ClaimNextAsync(connection, run.RunId, "test", CancellationToken.None))!;
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var pairs = await PairsRelation.LockAsync(connection, library, database.Settings, CancellationToken.None);
        await parts.Chunks.HoldAsync(connection, run, chunk, CancellationToken.None);

        (string, object?)[] parameters =
        [
            .. statements.Parameters(run, chunk, pairs), ("base_id", run.RunId), ("base_age", 1), ("pairs_layout", ""), ("visits_layout", ""),
        ];
        foreach (var sql in (string[])
            [library["task02/mark"], .. ChunkStage.All.Select(s => s.Fill(library)), library["task02/update"], library["delta/remember"], library["delta/judge"]])
        {
            var (types, text, values) = Numbered(sql, parameters);
            await connection.ExecuteAsync($"PREPARE shape{types} AS {text}", CancellationToken.None);
            var plan = await connection.QueryAsync($"EXPLAIN (COSTS OFF) EXECUTE shape{values}", r => r.GetString(0), CancellationToken.None);
            await connection.ExecuteAsync($"EXECUTE shape{values}", CancellationToken.None);
            await connection.ExecuteAsync("DEALLOCATE shape", CancellationToken.None);

            Assert.False(
                plan.Exists(line => line.Contains("Merge Join", StringComparison.Ordinal)
                                    || Big.Any(table => line.Contains($"Seq Scan on {table} ", StringComparison.Ordinal))),
                string.Join('\n', plan.Prepend(sql)));
        }
    }

    /// <summary>A statement with numbered parameters, as PREPARE requires.</summary>
    private static (string Types, string Text, string Values) Numbered(string sql, (string Name, object? Value)[] parameters)
    {
        var used = parameters.Where(p => Regex.IsMatch(sql, $@"@{p.Name}\b")).ToList();
        var text = Parameter().Replace(sql, m => $"${used.FindIndex(p => p.Name == m.Groups[1].Value) + 1}");
        return used.Count == 0 ? ("", text, "") : (
            $"({string.Join(", ", used.Select(p => TypeOf(p.Value!)))})", text,
            $"({string.Join(", ", used.Select(p => $"'{Literal(p.Value!)}'"))})");
    }

    private static string Literal(object value) => value switch
    {
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        string[] texts => $"{{{string.Join(',', texts)}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("'", "''", StringComparison.Ordinal),
    };

    private static string TypeOf(object value) => value switch
    {
        DateOnly => "date",
        DateTime => "timestamp",
        string => "text",
        string[] => "text[]",
        int => "integer",
        long => "bigint",
        bool => "boolean",
        double => "double precision",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
