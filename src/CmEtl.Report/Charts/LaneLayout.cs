using System.Globalization;

namespace CmEtl.Report;

/// <summary>
/// Assigns lanes to workers, one lane per worker. Workers with the same name that worked at the same time, such as instances of a function,
/// get one lane each. If that gives too many lanes, workers share lanes in the order of their start, and several lanes become one.
/// </summary>
internal static class LaneLayout
{
    public const int MostLanes = 24;

    public static IReadOnlyList<Lane> Arrange(IReadOnlyList<ChunkAttempt> attempts)
    {
        var lanes = attempts.GroupBy(a => a.Worker).OrderBy(w => w.Key, StringComparer.Ordinal).SelectMany(Own).ToList();
        if (lanes.Count <= MostLanes)
        {
            return lanes;
        }

        var slots = Pack(attempts);
        var perLane = (slots.Count + MostLanes - 1) / MostLanes;
        return [.. slots.Chunk(perLane).Select((s, i) => Shared(s, first: (i * perLane) + 1))];
    }

    private static IEnumerable<Lane> Own(IGrouping<string, ChunkAttempt> worker) => Pack(worker).Select((attempts, i) =>
        new Lane(i == 0 ? worker.Key : string.Create(CultureInfo.InvariantCulture, $"{worker.Key} ({i + 1})"), 1, attempts));

    private static Lane Shared(List<ChunkAttempt>[] slots, int first)
    {
        var label = slots.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{first}") : string.Create(CultureInfo.InvariantCulture, $"{first}–{first + slots.Length - 1}");
        return new Lane(label, slots.Length, [.. slots.SelectMany(s => s).OrderBy(a => a.Start)]);
    }

    /// <summary>Uses as few lanes as there were concurrent attempts. Each attempt takes the first free lane.</summary>
    private static List<List<ChunkAttempt>> Pack(IEnumerable<ChunkAttempt> attempts)
    {
        var rows = new List<List<ChunkAttempt>>();
        foreach (var attempt in attempts.OrderBy(a => a.Start))
        {
            if (rows.Find(r => r[^1].End <= attempt.Start) is { } free)
            {
                free.Add(attempt);
            }
            else
            {
                rows.Add([attempt]);
            }
        }

        return rows;
    }
}
