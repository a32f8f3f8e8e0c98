using System.Globalization;
using CmEtl.Chaos.World;

namespace CmEtl.Chaos;

/// <summary>The result in one line.</summary>
internal sealed record Report(long Chunks, Verdict Verdict, ChaosCounts Counts, TimeSpan Elapsed)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"chunks {Chunks}, rows {Verdict.Rows}, kills {Counts.Kills}, freezes {Counts.Freezes} (zombies {Counts.Zombies}), "
        + $"terminated backends {Counts.Terminated}, restarts {Counts.Restarts}, cut connections {Counts.Cut}, black holes {Counts.Silenced}, "
        + $"delays {Counts.Delayed}, put down {Counts.PutDown}, lost {Verdict.Lost}, doubled {Verdict.Doubled}, "
        + $"unaccounted {Verdict.Unaccounted}, marked twice {Verdict.MarkedTwice}, different {Verdict.Different}, {Elapsed.TotalSeconds:F0} s");
}
