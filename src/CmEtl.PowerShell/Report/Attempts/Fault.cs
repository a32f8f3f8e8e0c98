using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.PowerShell.Report;

/// <summary>An attempt that ended without a result, as an event says it.</summary>
internal sealed partial record Fault(DateTimeOffset At, int ChunkId, int? Attempt, string Kind, string SqlState, string Reason)
{
    /// <summary>Somebody stopped the run: nothing went wrong.</summary>
    public bool IsCancel => Reason == "cancelled";

    public static Fault? From(EtlEvent written) =>
        written is { ChunkId: { } chunk, Kind: "chunk attempt ended" or "chunk failed" or "chunk split" or "chunk quarantined" }
            ? new Fault(
                written.At, chunk, written.Attempt, written.Kind, State().Match(written.Reason).Groups["state"].Value, State().Replace(written.Reason, ""))
            : null;

    [GeneratedRegex(@" \(SqlState (?<state>[0-9A-Z]{5})\)", RegexOptions.CultureInvariant)]
    private static partial Regex State();
}
