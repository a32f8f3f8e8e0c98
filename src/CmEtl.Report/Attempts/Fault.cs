using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>An attempt that ended without a result, read from an event.</summary>
internal sealed partial record Fault(DateTimeOffset At, int ChunkId, int? Attempt, string Kind, string SqlState, string Reason)
{
    /// <summary>Whether the attempt was canceled because the run was stopped.</summary>
    public bool IsCancel => Reason == "cancelled";

    public static Fault? From(EtlEvent written) =>
        written is { ChunkId: { } chunk, Kind: "chunk attempt ended" or "chunk failed" or "chunk split" or "chunk quarantined" }
            ? new Fault(
                written.At, chunk, written.Attempt, written.Kind, State().Match(written.Reason).Groups["state"].Value,
                WithoutState(written.Reason))
            : null;

    /// <summary>The text of an error without its SQLSTATE, which is shown separately.</summary>
    public static string WithoutState(string reason) => State().Replace(reason, "");

    [GeneratedRegex(@" \(SqlState (?<state>[0-9A-Z]{5})\)", RegexOptions.CultureInvariant)]
    private static partial Regex State();
}
