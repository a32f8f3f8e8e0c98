using System.Text;
using CmEtl.Engine;

namespace CmEtl.Report.Tests;

/// <summary>The content of the page.</summary>
public sealed class PageTests
{
    private const string Hostile = "<b>\"&'{{style}}</b>";

    [Fact]
    public void A_completed_run_is_verified_and_may_be_swept()
    {
        var page = Markup.Of(SampleRun.Completed());

        Assert.Equal("Completed", (string?)page.All("h1").Single().Element("span"));
        Assert.StartsWith("Verified.", page.All("p").Single(p => (string?)p.Attribute("class") == "verdict").Value, StringComparison.Ordinal);
        Assert.StartsWith("What to do next Sweeping is safe: the later tasks may resolve the 80,000 rows", page.Words("next"), StringComparison.Ordinal);
        Assert.Equal(40, page.Bars("done").Count());
    }

    [Fact]
    public void A_pause_is_marked_and_does_not_count_as_work()
    {
        var page = Markup.Of(SampleRun.Resumed());

        Assert.Equal(
            ["03:00:23 run stopped: maintenance", "11:00:21 run resumed: resumed"],
            page.Section("timeline")!.Descendants("g")
                .Where(g => ((string?)g.Attribute("class"))?.StartsWith("mark ", StringComparison.Ordinal) == true)
                .Select(g => g.Element("title")!.Value));
        // 400,000 rows in 8 seconds of work: 2 before the pause and 6 after it.
        Assert.Matches("Rows per second 5[0-9],[0-9]{3} in [78]\\.[0-9] s of work", page.Words("figures"));
    }

    [Fact]
    public void It_shows_previous_runs_changes_and_different_settings()
    {
        var page = Markup.Of(SampleRun.Resumed());

        Assert.Equal([30, 30, 30], page.Section("nights")!.Descendants("svg").Select(s => s.Elements("rect").Count()));
        Assert.Contains("The median of the 28 earlier completed runs", page.Words("nights"), StringComparison.Ordinal);
        Assert.Contains("12,345 of 399,990 rows differ (3.1 %). 371 are new, 0 vanished, 371 are unconfirmed.", page.Words("changes"), StringComparison.Ordinal);
        Assert.Contains("And 4 agencies with fewer", page.Words("changes"), StringComparison.Ordinal);
        Assert.Contains("max_concurrency 8", page.Words("details"), StringComparison.Ordinal);
        Assert.Contains("cm on db1.example.org", page.Text, StringComparison.Ordinal);
        Assert.Null(Markup.Of(SampleRun.Completed()).Section("changes"));
    }

    [Fact]
    public void A_failed_run_shows_the_reason_and_the_commands()
    {
        var page = Markup.Of(SampleRun.Failed());

        Assert.Contains("Not verified: 2 chunks are not done.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sweeping is not safe", page.Words("next"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "Get-CmEtlStatus -RunId 20260301-030000-abcdef -Detailed | Where-Object State -eq Failed | Invoke-CmChunk",
                "Reset-CmStuckRows -RunId 20260301-030000-abcdef -ChunkId 13", "Start-CmEtl -Wait",
            ],
            page.Section("next")!.Descendants("code").Select(c => c.Value));
        Assert.Equal(2, page.Bars("failed").Count());
    }

    [Fact]
    public void Attempts_before_the_last_are_marked_by_their_end()
    {
        var page = Markup.Of(SampleRun.Failed());

        Assert.Equal(
            ["Chunk 7, attempt 1, ended 03:00:23: deadlock with another session", "Chunk 7, attempt 2, ended 03:00:24: deadlock with another session"],
            page.Bars("ended").Select(b => b.Element("title")!.Value));
        Assert.Contains("40P01 deadlock with another session 2 1 03:00:23 03:00:24", page.Words("faults"), StringComparison.Ordinal);
        Assert.Contains("2 attempts after the first at a chunk. 4 attempts ended with a fault.", page.Words("faults"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_attempt_without_a_recorded_end_counts_as_lost()
    {
        var run = SampleRun.Completed();
        var page = Markup.Of(run with { Chunks = [run.Chunks[0] with { Attempt = 3 }, .. run.Chunks.Skip(1)] });

        Assert.Contains("2 attempts ended because the worker died. The cause is not known.", page.Words("faults"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reset_is_not_an_attempt()
    {
        var run = SampleRun.Completed();
        var page = Markup.Of(run with
        {
            Chunks = [run.Chunks[0] with { Attempt = 3 }, .. run.Chunks.Skip(1)],
            Events =
            [
                .. run.Events,
                new EtlEvent { At = SampleRun.Start.AddSeconds(21), ChunkId = 0, Attempt = 1, Kind = "chunk failed", Reason = "deadlock with another session (SqlState 40P01)" },
                new EtlEvent { At = SampleRun.Start.AddSeconds(22), ChunkId = 0, Kind = "chunk reset", Rows = 5, Reason = "by hand" },
            ],
        });

        Assert.Contains("1 attempt after the first at a chunk. 1 attempt ended with a fault.", page.Words("faults"), StringComparison.Ordinal);
        Assert.DoesNotContain("died", page.Words("faults"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_run_shows_running_and_stuck_chunks_and_why_it_is_slow()
    {
        var page = Markup.Of(SampleRun.Running());

        Assert.Equal((1, 1), (page.Bars("working").Count(), page.Bars("lost").Count()));
        Assert.Contains("In progress, 97.5 % of the rows are processed: backing off to 2 of 5 workers: a replica is 2,000 MB behind.", page.Text, StringComparison.Ordinal);
        Assert.Contains("At the moment: backing off to 2 of 5 workers", page.Words("faults"), StringComparison.Ordinal);
        Assert.Contains("1 chunk got stuck", page.Words("next"), StringComparison.Ordinal);
        Assert.DoesNotContain("Start-CmEtl", page.Words("next"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_chunks_has_a_page_too()
    {
        var page = Markup.Of(SampleRun.WithoutChunks());

        Assert.Equal("Chunks over time No chunk was started. The plan has no chunks.", page.Words("timeline"));
        Assert.All((string[])["throughput", "slowest", "cost"], id => Assert.Null(page.Section(id)));
        Assert.DoesNotContain("NaN", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_run_points_at_the_newest()
    {
        var page = Markup.Of(SampleRun.Failed() with { NewestRunId = "20260302-030000-fedcba" });

        Assert.Equal("Export-CmEtlReport -RunId 20260302-030000-fedcba -Path 20260302-030000-fedcba.html", page.Section("next")!.Descendants("code").Single().Value);
    }

    [Fact]
    public void A_run_that_is_too_old_is_not_said_to_be_resumed()
    {
        var run = SampleRun.Failed();

        Assert.Contains("too old to be resumed", Markup.Of(run with { ReadAt = run.ResumableUntil }).Words("next"), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_the_database_is_text()
    {
        var run = SampleRun.Failed();
        var page = Markup.Of(run with
        {
            Status = run.Status with { Reason = Hostile, DeltaOf = Hostile },
            Database = Hostile, ConflictSchema = Hostile, TimeZone = Hostile, ServerVersion = Hostile, Delta = true,
            Chunks = [.. run.Chunks.Select(c => c with { Worker = Hostile, Error = Hostile, SqlState = Hostile })],
            Events = [.. run.Events.Select(e => e with { Kind = e.ChunkId is null ? Hostile : e.Kind, Actor = Hostile, Reason = Hostile })],
        });

        Assert.Empty(page.All("b"));
        Assert.DoesNotContain("<b>", page.Text, StringComparison.Ordinal);
        Assert.Contains("Not verified: " + Hostile, page.All("p").Select(p => p.Value.TrimEnd('.')));
    }

    [Fact]
    public void Twenty_thousand_chunks_stay_small_and_the_one_that_failed_stays_visible()
    {
        var run = SampleRun.Failed(20_000);

        var page = Markup.Of(run);

        Assert.InRange(Encoding.UTF8.GetByteCount(page.Text), 50_000, 800_000);
        Assert.InRange(page.Bars("done").Count(), 200, 2_000);
        Assert.Contains(page.Bars("failed"), b => b.Element("title")!.Value.Contains("chunk 11 failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_thousand_bars_stay_small_too()
    {
        var page = Markup.Of(SampleRun.Completed(TimelineChart.MostBars));

        Assert.Equal(TimelineChart.MostBars, page.Bars("done").Count());
        Assert.InRange(Encoding.UTF8.GetByteCount(page.Text), 50_000, 500_000);
    }

    [Fact]
    public void It_is_accessible()
    {
        var page = Markup.Of(SampleRun.Failed());

        Assert.Equal(["header", "main", "footer"], page.All("body").Single().Elements().Select(e => e.Name.LocalName));
        Assert.All(page.All("section"), s => Assert.Equal((string?)s.Attribute("aria-labelledby"), (string?)s.Element("h2")!.Attribute("id")));
        Assert.All(page.All("svg"), s => Assert.NotEmpty(s.Elements("title").Concat(s.Elements("desc")).Where(e => e.Value.Length > 5).Skip(1)));
        Assert.All(page.All("th"), h => Assert.NotNull(h.Attribute("scope")));
        Assert.All(page.All("figure"), f => Assert.Equal("details", f.ElementsAfterSelf().First().Name.LocalName));
        var ids = page.Root.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>().ToList();
        Assert.Equal(ids.Distinct(), ids);
    }
}
