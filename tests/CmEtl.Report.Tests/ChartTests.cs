
namespace CmEtl.Report.Tests;

/// <summary>The positions of elements in the charts.</summary>
public sealed class ChartTests
{
    private static readonly DateTimeOffset Start = SampleRun.Start;

    [Fact]
    public void Many_breaks_leave_most_of_the_axis_to_the_work()
    {
        var faults = Enumerable.Range(0, 200).Select(n => (Start.AddMinutes(10 * n), Start.AddMinutes(10 * n)));
        var scale = new TimeScale([(Start, Start.AddSeconds(30)), .. faults]);

        Assert.InRange(scale.Breaks.Sum(b => b.To - b.From), 0, TimeScale.Width / 3);
        Assert.True(scale.Seconds(0, TimeScale.Width) > 0);
    }

    [Fact]
    public void Time_is_to_scale()
    {
        var scale = new TimeScale([(Start, Start.AddSeconds(100))]);

        Assert.Equal([0, 250, 1000], new[] { 0, 25, 100 }.Select(s => scale.At(Start.AddSeconds(s))));
        Assert.Equal(25, scale.Seconds(250, 500));
        Assert.Equal(Start.AddSeconds(50), scale.Time(500));
        Assert.Empty(scale.Breaks);
    }

    [Fact]
    public void The_night_between_a_stop_and_its_resume_is_cut_out()
    {
        var scale = new TimeScale([(Start, Start.AddMinutes(10)), (Start.AddHours(8), Start.AddHours(8).AddMinutes(10))]);

        var cut = Assert.Single(scale.Breaks);
        Assert.Equal(TimeSpan.FromHours(8) - TimeSpan.FromMinutes(10), cut.Duration);
        Assert.Equal(1000, scale.At(Start.AddHours(9)));
        Assert.Equal(cut.From, scale.At(Start.AddHours(4)));
        Assert.Equal(1200, scale.Seconds(0, 1000), 6);
    }

    [Fact]
    public void A_pause_for_the_next_try_is_not_cut_out()
    {
        Assert.Empty(new TimeScale([(Start, Start.AddSeconds(2)), (Start.AddSeconds(10), Start.AddSeconds(12))]).Breaks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(4_000)]
    [InlineData(90_000)]
    public void There_is_room_between_the_ticks(int seconds)
    {
        var ticks = new TimeScale([(Start.AddSeconds(7), Start.AddSeconds(7 + seconds))]).Ticks();

        Assert.InRange(ticks.Count, 1, 11);
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= 90));
    }

    [Fact]
    public void A_moment_without_length_has_an_axis()
    {
        var scale = new TimeScale([(Start, Start)]);

        Assert.Equal(0, scale.At(Start));
        Assert.Equal(Start, scale.Time(0));
    }

    [Fact]
    public void Workers_have_a_lane_each()
    {
        var lanes = LaneLayout.Arrange([Attempt(1, "a", 0, 5), Attempt(2, "b", 0, 5), Attempt(3, "a", 5, 9)]);

        Assert.Equal([("a", 2), ("b", 1)], lanes.Select(l => (l.Label, l.Attempts.Count)));
    }

    [Fact]
    public void Workers_of_one_name_that_work_at_once_do_not_hide_each_other()
    {
        var lanes = LaneLayout.Arrange([Attempt(1, "8-single", 0, 5), Attempt(2, "8-single", 1, 5), Attempt(3, "8-single", 6, 9)]);

        Assert.Equal([("8-single", 2), ("8-single (2)", 1)], lanes.Select(l => (l.Label, l.Attempts.Count)));
    }

    [Fact]
    public void A_hundred_workers_share_two_dozen_lanes()
    {
        var lanes = LaneLayout.Arrange([.. Enumerable.Range(0, 1_000).Select(i => Attempt(i, $"w{i % 100}", i / 100, (i / 100) + 1))]);

        Assert.InRange(lanes.Count, 2, LaneLayout.MostLanes);
        Assert.Equal((1_000, 100), (lanes.Sum(l => l.Attempts.Count), lanes.Sum(l => l.Slots)));
    }

    [Fact]
    public void No_row_is_lost_between_the_columns()
    {
        var attempts = Enumerable.Range(0, 50).Select(i => Attempt(i, "a", i * 1.7, (i * 1.7) + 1.3) with { Rows = 100 }).ToList();
        var scale = new TimeScale(attempts.Select(a => (a.Start, a.End)));

        var series = new ThroughputSeries(scale, attempts);

        Assert.Equal(5_000, series.Rates.Select((r, i) => r * scale.Seconds(i * series.Width, (i + 1) * series.Width)).Sum(), 3);
    }

    [Theory]
    [InlineData(0.0, "0 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(60, "1 min 00 s")]
    [InlineData(3_725, "1 h 02 min")]
    [InlineData(200_000, "2 d 7 h")]
    public void Durations_are_as_long_as_people_need_them(double seconds, string text) =>
        Assert.Equal(text, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, 10, "0.0 %")]
    [InlineData(1, 100_000, "< 0.1 %")]
    [InlineData(99_999, 100_000, "> 99.9 %")]
    [InlineData(10, 10, "100.0 %")]
    [InlineData(0, 0, "–")]
    public void A_share_is_not_rounded_to_all_or_nothing(double part, double whole, string text) =>
        Assert.Equal(text, Figures.Percent(part, whole));

    private static ChunkAttempt Attempt(int chunk, string worker, double from, double to) =>
        new(chunk, 1, Outcome.Done, Start.AddSeconds(from), Start.AddSeconds(to), worker, 10, "");
}
