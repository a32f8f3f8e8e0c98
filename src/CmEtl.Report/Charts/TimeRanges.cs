namespace CmEtl.Report;

/// <summary>Operations on time ranges.</summary>
internal static class TimeRanges
{
    /// <summary>Merges ranges that are not further apart than <paramref name="gap"/>.</summary>
    public static List<(DateTimeOffset From, DateTimeOffset To)> Merge(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> times,
        TimeSpan gap)
    {
        var merged = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var (from, to) in times.OrderBy(t => t.From))
        {
            if (merged is [.., var last] && from - last.To <= gap)
            {
                merged[^1] = (last.From, to > last.To ? to : last.To);
            }
            else
            {
                merged.Add((from, to));
            }
        }

        return merged;
    }

    public static TimeSpan Sum(this IEnumerable<(DateTimeOffset From, DateTimeOffset To)> times) =>
        TimeSpan.FromTicks(times.Sum(t => (t.To - t.From).Ticks));
}
