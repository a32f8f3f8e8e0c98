namespace CmEtl.Engine.Tests.Engine;

/// <summary>A delta run confirms unchanged pairs without recomputing them, and otherwise behaves like any other run.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class DeltaTests(EngineServer server)
{
    public static TheoryData<string> Changes => [.. DeltaChange.All.Keys];

    [Fact]
    public async Task On_unchanged_data_no_row_is_written_and_all_are_confirmed()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync(change: Delta);
        var before = await TableHash.OfVersionsAsync(database, "true");

        var second = await database.CompleteAsync(change: Delta);

        Assert.Equal(before, await TableHash.OfVersionsAsync(database, "true"));
        Assert.True(first.RowsConfirmed > 100);
        Assert.Equal((first.RowsConfirmed, first.RowsConfirmed, 0L), (second.RowsConfirmed, second.RowsUnchanged, second.RowsMissed));
        Assert.Equal((first.RowsUnconfirmed, first.RowsDeferred), (second.RowsUnconfirmed, second.RowsDeferred));
        Assert.Equal(first.RunId, await database.ReadAsync<string>($"SELECT delta_of FROM cm_etl.run WHERE run_id = '{second.RunId}'"));
    }

    [Fact]
    public async Task A_chunk_into_which_nothing_new_goes_is_confirmed_as_a_whole_and_another_row_by_row()
    {
        await using var database = await server.CopyAfterAsync("after_two_deltas", TwiceAsync);
        await database.CompleteAsync(change: Delta);
        Assert.All(Recomputed(database), line => Assert.Contains(": 0 of ", line, StringComparison.Ordinal));
        var chunks = Recomputed(database).Count;
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk JOIN cm_etl.run USING (run_id) WHERE fingerprint_id IS NULL AND bounds_cleared_at IS NULL"));

        await ExecuteAsync(database, DeltaChange.All["visit changed"].Change);
        var last = await database.CompleteAsync(change: Delta);

        Assert.Equal(chunks * 2, Recomputed(database).Count);
        Assert.InRange(Recomputed(database).Skip(chunks).Count(line => line.Contains(": 0 of ", StringComparison.Ordinal)), 1, chunks - 1);
        Assert.Equal(
            chunks, await database.ReadAsync<long>($"SELECT count(*) FROM cm_etl.chunk WHERE run_id = '{last.RunId}' AND rows_unconfirmed + rows_deferred > 0"));
    }

    [Fact]
    public async Task Chunks_after_added_or_deleted_rows_keep_their_ranges()
    {
        await using var database = await server.CopyAfterAsync("after_delta", d => d.CompleteAsync(change: Delta));
        await database.CompleteAsync(change: Delta);
        var chunks = Recomputed(database).Count;
        Assert.True(chunks > 1);
        await database.ExecuteAsync("""DELETE FROM conflict.conflictvisitmaps WHERE "VisitDate" = (SELECT min("VisitDate") FROM conflict.conflictvisitmaps)""");

        await database.CompleteAsync(change: Delta);

        Assert.InRange(Recomputed(database).Skip(chunks).Count(line => line.Contains(": 0 of ", StringComparison.Ordinal)), chunks - 1, chunks);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Whatever_changed_the_table_is_that_of_a_full_run(string what)
    {
        var change = DeltaChange.All[what];
        await using var database = change.Before is null ? await server.CopyAfterAsync("after_delta", d => d.CompleteAsync(change: Delta)) : await server.CopyAsync();
        if (change.Before is not null)
        {
            await database.ExecuteAsync(change.Before);
            await database.CompleteAsync(change: Delta);
        }

        await ExecuteAsync(database, change.Change);

        var delta = await database.CompleteAsync(change: Delta);
        var quiet = Recomputed(database).Count;
        var table = await TableHash.OfPairsAsync(database);
        var full = await database.CompleteAsync(change: Full);

        Assert.Equal(await TableHash.OfPairsAsync(database), table);
        Assert.Equal(Counts(full), Counts(delta));
        Assert.True(!change.Some || quiet > 0, "Nothing was confirmed as it is.");
    }

    /// <summary>Negative control: without the part that detects it, a change leaves a stale table.</summary>
    [Theory]
    [InlineData("dimpatient updated", "delta/visit_touched", "OR hashtextextended(v.\"Provider Patient Id\"", "OR false AND hashtextextended(v.\"Provider Patient Id\"")]
    [InlineData("visits reloaded, some changed", "delta/visit_content", "v.\"Billed Hours\", ", "")]
    [InlineData("pair changed by the application", "delta/judge", "(c.version = b.version OR age(c.version) > :'base_age'::integer)", "true")]
    [InlineData("visits swapped for older ones", "delta/judge", "p.visits_layout = :'visits_layout' AS same_visits", "true AS same_visits")]
    public async Task Controls_for_changes(string what, string file, string part, string broken)
    {
        Assert.Contains(part, SqlLibrary.File(file), StringComparison.Ordinal);
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(DeltaChange.All[what].Before ?? "SELECT 1");
        SqlLibrary.Control.Value = (name, text) => name == file ? text.Replace(part, broken, StringComparison.Ordinal) : text;
        await database.CompleteAsync(change: Delta);
        await ExecuteAsync(database, DeltaChange.All[what].Change);
        await database.CompleteAsync(change: Delta);
        SqlLibrary.Control.Value = null;

        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: Full);
        Assert.NotEqual(await TableHash.OfPairsAsync(database), table);
    }

    /// <summary>Negative control: without the keys of the unconfirmed rows, they count as confirmed.</summary>
    [Fact]
    public async Task Control_for_unconfirmed_rows()
    {
        const string Part = "AND (p.pair_key # p.chunk_id) NOT IN (";
        Assert.Contains(Part, SqlLibrary.File("delta/judge"), StringComparison.Ordinal);
        await using var database = await server.CopyAsync();
        SqlLibrary.Control.Value = (name, text) => name == "delta/judge" ? text.Replace(Part, "OR false " + Part, StringComparison.Ordinal) : text;
        await database.CompleteAsync(change: Delta);
        var second = await database.RunAsync(change: Delta);
        SqlLibrary.Control.Value = null;

        // The verification finds more unconfirmed rows in the table than the chunks counted.
        Assert.Equal(RunState.Failed, second.State);
    }

    [Theory]
    [InlineData("dimuser")]
    [InlineData("dimpatientaddress")]
    [InlineData("factvisitcallperformance_cr")]
    public async Task A_table_reloaded_with_the_same_rows_counts_as_unchanged(string table)
    {
        await using var database = await server.CopyAfterAsync("after_two_deltas", TwiceAsync);
        var chunks = Recomputed(database).Count;
        await ExecuteAsync(database, DeltaChange.All[$"{table} reloaded"].Change);

        await database.CompleteAsync(change: Delta);

        Assert.All(Recomputed(database).Skip(chunks), line => Assert.Contains(": 0 of ", line, StringComparison.Ordinal));
        Assert.Equal(
            await database.ReadAsync<long>("SELECT planned_chunks::bigint FROM cm_etl.run ORDER BY number DESC LIMIT 1"), Recomputed(database).Count - chunks);
    }

    [Fact]
    public async Task Run_after_run_is_taken_against_the_one_before()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: Delta);
        foreach (var what in new[] { "visit changed", "addresses deleted", "pair resolved", "dimoffice updated", "frozen", "visit deleted" })
        {
            var before = await database.ReadAsync<string>("SELECT run_id FROM cm_etl.run ORDER BY started_at DESC LIMIT 1");
            await ExecuteAsync(database, DeltaChange.All[what].Change);
            await database.CompleteAsync(change: Delta);
            Assert.Equal(before, await database.ReadAsync<string>("SELECT delta_of FROM cm_etl.run ORDER BY started_at DESC LIMIT 1"));
        }

        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: Full);
        Assert.Equal(await TableHash.OfPairsAsync(database), table);
    }

    internal static async Task ExecuteAsync(EngineDatabase database, string statements)
    {
        foreach (var statement in statements.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await database.ExecuteAsync(statement);
        }
    }

    // The first run moves rows, and does not look up visits that no rule allows. The second run recomputes these pairs once more.
    private static async Task TwiceAsync(EngineDatabase database)
    {
        await database.CompleteAsync(change: Delta);
        await database.CompleteAsync(change: Delta);
    }

    private static List<string> Recomputed(EngineDatabase database) =>
        [.. database.Log.Lines.Where(l => l.Contains("rows are recomputed", StringComparison.Ordinal))];

    private static (long, long, long, long?) Counts(EtlStatus s) => (s.RowsConfirmed, s.RowsUnconfirmed, s.RowsDeferred, s.RowsMissed);

    // Some changes are larger than usual and would not be plausible.
    internal static EtlSettings Full(EtlSettings settings) => settings with
    {
        MarkMode = MarkMode.SinglePass, TargetChunkSize = 400, MaxUnconfirmedPercent = 100, MaxUnconfirmedGrowth = 100,
    };

    internal static EtlSettings Delta(EtlSettings settings) => Full(settings) with { Delta = true };
}
