namespace CmEtl.Engine.Tests.Model;

public sealed class TimeRangeTests
{
    private static readonly DateTime Eight = new(2024, 5, 1, 8, 0, 0);
    private static readonly DateTime Ten = Eight.AddHours(2);
    private static readonly DateTime Noon = Ten.AddHours(2);

    [Fact]
    public void Nothing_unknown_is_equal_or_overlapping()
    {
        var empty = new TimeRange(null, null);
        Assert.True(empty.IsUnset);
        Assert.False(empty.Matches(empty));
        Assert.False(empty.Overlaps(empty));
        Assert.False(new TimeRange(Eight, null).Matches(new TimeRange(Eight, null)));
        Assert.False(new TimeRange(Eight, null).Overlaps(new TimeRange(Eight, Ten)));
    }

    [Fact]
    public void Clocked_in_only_is_neither_unset_nor_complete()
    {
        var open = new TimeRange(Eight, null);
        Assert.False(open.IsUnset);
        Assert.False(open.IsComplete);
    }

    [Fact]
    public void Touching_is_not_overlapping()
    {
        var early = new TimeRange(Eight, Ten);
        var late = new TimeRange(Ten, Noon);
        Assert.False(early.Overlaps(late));
        Assert.False(late.Overlaps(early));
        Assert.True(new TimeRange(Eight, Ten.AddSeconds(1)).OverlapsOnly(late));
        Assert.True(early.Overlaps(early));
        Assert.False(early.OverlapsOnly(early));
    }

    [Fact]
    public void Gaps_have_a_sign()
    {
        var early = new TimeRange(Eight, Ten);
        var late = new TimeRange(Noon, Noon.AddHours(1));
        Assert.Equal(TimeSpan.FromHours(2), early.GapTo(late));
        Assert.Equal(TimeSpan.FromHours(-5), late.GapTo(early));
        Assert.Null(new TimeRange(Eight, null).GapTo(late));
    }
}
