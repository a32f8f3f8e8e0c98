using System.Globalization;
using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>What is logged, and what must never be logged.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class LogTests(EngineServer server)
{
    [Fact]
    public async Task Each_chunk_logs_the_four_documented_lines()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync();
        foreach (var chunk in await database.Engine().GetChunksAsync(null, CancellationToken.None))
        {
            var lines = database.Log.Lines.Where(l => l.StartsWith($"Chunk {chunk.ChunkId}: ", StringComparison.Ordinal)).ToList();
            string[] expected =
            [
                $"^Chunk {chunk.ChunkId}: {chunk.EstimatedRows} estimated rows, {chunk.Dates} dates, {chunk.Ssns} SSNs$",
                $@"^Chunk {chunk.ChunkId}: Marked \d+ rows for processing$",
                $@"^Chunk {chunk.ChunkId}: Updated {chunk.RowsConfirmed} rows in \d+\.\d\d seconds$",
                $@"^Chunk {chunk.ChunkId}: Throughput: \d+\.\d rows/sec$",
            ];
            Assert.Equal(expected.Length, lines.Count);
            Assert.All(expected.Zip(lines), p => Assert.Matches(p.First, p.Second));
        }
    }

    [Fact]
    public async Task Nothing_that_is_said_or_written_down_holds_an_SSN()
    {
        await using var database = await server.CopyAsync();
        var said = new List<string>();
        // The server's own text of this error quotes the SSN.
        await BadRow.PlantAsync(database, "OLD.\"ID\" % 40 = 1");
        var progress = new Progress<EtlStatus>(s => { lock (said) { said.Add(s.ToString()); } });
        await database.Engine().RunAsync(new StartRequest(), progress, CancellationToken.None);
        var failed = await database.ReadAsync<int>("SELECT min(chunk_id) FROM cm_etl.chunk WHERE state = 'failed'");
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine()
            .ProcessChunkAsync(null, failed, CancellationToken.None));
        Assert.Equal("P0001", error.SqlState);
        said.AddRange([error.ToString(), error.Remedy, $"{error.InnerException} {error.Data.Count}"]);
        said.AddRange((await database.Engine().PreviewResetAsync(new ResetRequest(), CancellationToken.None)).Select(r => r.ToString()));
        await BadRow.RemoveAsync(database);
        said.Add((await database.CompleteAsync()).ToString());
        said.AddRange((await database.Engine().GetChunksAsync(null, CancellationToken.None)).Select(c => c.ToString()));
        said.Add(await database.TextAsync("SELECT * FROM cm_etl.event"));
        said.Add(await database.TextAsync("SELECT * FROM cm_etl.run"));
        said.Add(await database.TextAsync("SELECT * FROM cm_etl.chunk_status"));
        said.AddRange(database.Log.Lines);

        var ssns = (await database.ReadAsync<string[]>(
            """
            SELECT array_agg(DISTINCT trim(ssn)) FROM (
              SELECT "SSN" FROM analytics.dimcaregiver UNION ALL SELECT "SSN" FROM conflict.conflictvisitmaps
              UNION ALL SELECT "AideSSN" FROM conflict.conflictvisitmaps) AS s (ssn) WHERE length(trim(ssn)) > 5
            """)).ToHashSet(StringComparer.Ordinal);
        Assert.True(ssns.Count > 100 && said.Count > 50);
        var leaks = said.SelectMany(text => Regex.Matches(text, "[0-9']{6,}").Select(m => m.Value)).Where(ssns.Contains).ToList();
        Assert.True(leaks.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{leaks.Count} SSNs were said."));
    }

    [Fact]
    public async Task The_password_and_the_host_are_not_logged()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync();
        Assert.DoesNotContain(database.Log.Lines, l => l.Contains(database.Settings.Password!, StringComparison.Ordinal)
            || l.Contains(database.Settings.Host, StringComparison.Ordinal));
    }
}
