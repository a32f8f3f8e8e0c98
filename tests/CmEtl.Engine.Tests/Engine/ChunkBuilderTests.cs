namespace CmEtl.Engine.Tests.Engine;

/// <summary>Properties of every plan, tested with many random streams of keys.</summary>
public sealed class ChunkBuilderTests
{
    private static readonly (DateOnly From, DateOnly To) Window = (new(2025, 1, 1), new(2025, 3, 31));

    [Fact]
    public async Task Every_plan_of_a_thousand_random_ones_keeps_the_rules()
    {
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var random = new Random(seed);
            var settings = Sizes(random);
            var keys = Keys(random, settings);
            var cut = 0;
            var chunks = await BuildAsync(settings, keys, () => cut++);
            var problem = Problem(settings, keys, chunks) ?? (cut == keys.Count(k => k.Rows > settings.MaxChunkSize) ? null : "a key was not cut once");
            Assert.True(problem is null, $"Seed {seed}: {problem}");

            // The same keys as they may look a day later, with the borders of the earlier plan.
            var later = keys.Where(_ => random.Next(0, 20) > 0).Select(k => random.Next(0, 20) > 0 ? k : k with { Rows = k.Rows + 1 })
                .ToList();
            problem = Problem(settings, later, await BuildAsync(settings, later, () => { }, Borders(chunks)));
            Assert.True(problem is null, $"Seed {seed}, a day later: {problem}");
        }
    }

    [Fact]
    public async Task Chunks_keep_their_ranges_when_keys_come_and_go_before_them()
    {
        var settings = new EtlSettings { TargetChunkSize = 100 };
        var keys = Enumerable.Range(0, 600).Select(n => new PlanKey(Window.From.AddDays(n / 10), $"{n % 10}", 5 + (n * 7 % 11))).ToList();
        var before = await BuildAsync(settings, keys, () => { });
        List<PlanKey> after = [new(Window.From.AddDays(1), "00", 60), .. keys.Skip(13).Where((_, n) => n != 300)];

        var kept = await BuildAsync(settings, after, () => { }, Borders(before));
        var anew = await BuildAsync(settings, after, () => { });

        Assert.InRange(kept.Count(c => before.Exists(b => (b.From, b.To, b.Rows) == (c.From, c.To, c.Rows))), before.Count - 4,
            before.Count);
        Assert.True(anew.Count(c => before.Exists(b => (b.From, b.To) == (c.From, c.To))) < before.Count / 2);
    }

    [Fact]
    public async Task A_key_that_outweighs_a_chunk_is_cut_into_equal_parts_of_about_the_target()
    {
        var settings = new EtlSettings { TargetChunkSize = 100, MaxChunkSize = 250 };
        PlanKey[] keys = [new(Window.From, "a", 30), new(Window.From, "b", 1_050), new(Window.From, "c", 40)];
        var chunks = await BuildAsync(settings, keys, () => { });
        Assert.Equal([30, 96, 96, 96, 96, 96, 96, 96, 96, 96, 96, 90, 40], chunks.Select(c => c.Rows));
        Assert.Equal(11, chunks.Count(c => c.SplitKey));
    }

    [Fact]
    public async Task A_window_without_rows_has_no_chunks() => Assert.Empty(await BuildAsync(new EtlSettings(), [], () => { }));

    [Fact]
    public async Task No_text_of_a_plan_shows_an_SSN()
    {
        var chunks = await BuildAsync(new EtlSettings { TargetChunkSize = 1 },
            [new(Window.From, "secret", 1), new(Window.From, "secret2", 1)], () => { });
        Assert.All(chunks, c => Assert.DoesNotContain("secret", $"{c} {c.From} {c.To} {c.ToInfo()}", StringComparison.Ordinal));
    }

    private static string? Problem(EtlSettings settings, List<PlanKey> keys, List<PlannedChunk> chunks)
    {
        if (keys.Count == 0)
        {
            return chunks.Count == 0 ? null : "chunks without keys";
        }

        if (chunks[0].From != ChunkBound.BeforeDay(Window.From) || chunks[^1].To != ChunkBound.BeforeDay(Window.To.AddDays(1)))
        {
            return "the ends are not those of the window";
        }

        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            var heaviest = keys.Where(k => Touches(chunk, k)).Max(k => k.Rows);
            var problem = chunk switch
            {
                _ when chunk.Id != i => "ids have a gap",
                _ when i > 0 && chunk.From != chunks[i - 1].To => "a chunk does not begin where the one before ends",
                { Keys: 0 } or { Rows: 0 } => "an empty chunk",
                _ when chunk.Rows > settings.MaxChunkSize => "above the maximum",
                _ when chunk.Keys > settings.MaxKeysPerChunk => "too many keys",
                { Keys: > 1, SplitKey: true } => "a part of a split key together with another key",
                { Keys: > 1 } when chunk.Rows > settings.TargetChunkSize * ChunkBuilder.Tolerance => "above the tolerance with no single key to blame",
                { SplitKey: false, Keys: 1 } when chunk.Rows != heaviest => "one key is not whole",
                _ => null,
            };
            if (problem is not null)
            {
                return $"chunk {i}: {problem}";
            }
        }

        return chunks.Sum(c => c.Rows) == keys.Sum(k => k.Rows) ? null : "rows were lost or counted twice";
    }

    private static bool Touches(PlannedChunk chunk, PlanKey key)
    {
        var (begin, end) = (ChunkBound.BeforeKey(key), new ChunkBound(key.VisitDate, key.Ssn, long.MaxValue));
        return Compare(begin, chunk.To) < 0 && Compare(end, chunk.From) > 0;
    }

    private static int Compare(ChunkBound a, ChunkBound b) => a.VisitDate != b.VisitDate ? a.VisitDate.CompareTo(b.VisitDate)
        : a.Ssn != b.Ssn ? string.CompareOrdinal(a.Ssn, b.Ssn) : a.Id.CompareTo(b.Id);

    private static EtlSettings Sizes(Random random)
    {
        var target = random.Next(1, 200);
        return new EtlSettings { TargetChunkSize = target, MaxChunkSize = target + random.Next(0, 300),
            MaxKeysPerChunk = random.Next(1, 40) };
    }

    private static List<PlanKey> Keys(Random random, EtlSettings settings)
    {
        var keys = new List<PlanKey>();
        for (var day = Window.From; day <= Window.To; day = day.AddDays(random.Next(1, 40)))
        {
            foreach (var ssn in Enumerable.Range(random.Next(0, 2), random.Next(0, 60)).Select(n => n == 0 ? "" : n.ToString("D3", null)))
            {
                var heavy = random.Next(0, 40) == 0;
                var rows = heavy ? settings.MaxChunkSize + random.Next(1, 1_000) : random.Next(1, settings.TargetChunkSize + 2);
                keys.Add(new PlanKey(day, ssn, rows));
            }
        }

        return keys;
    }

    private static List<ChunkBound> Borders(List<PlannedChunk> chunks) =>
        [.. chunks.Select(c => c.From).Where(f => f.Id == ChunkBound.BeforeAnyId)];

    private static async Task<List<PlannedChunk>> BuildAsync(
        EtlSettings settings, IEnumerable<PlanKey> keys, Action onCut, IReadOnlyList<ChunkBound>? borders = null)
    {
        var builder = new ChunkBuilder(settings, Window, (key, partRows) =>
        {
            onCut();
            // IDs of a key are 1, 2, 3 and so on, as the database would number them.
            return Task.FromResult<IReadOnlyList<long>>(
                [.. Enumerable.Range(1, (int)((key.Rows - 1) / partRows)).Select(n => n * partRows + 1)]);
        }, borders ?? []);
        var chunks = new List<PlannedChunk>();
        await foreach (var chunk in builder.BuildAsync(keys.ToAsyncEnumerable()))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }
}
