using System.Globalization;

namespace CmEtl.Engine;

/// <summary>The process that works on a run, according to its leases.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Leader">The process that leads it; empty in runs of older versions.</param>
/// <param name="Since">When that process began to lead it.</param>
/// <param name="Until">End of the leader's lease, which a live process renews.</param>
/// <param name="Left">Time until all leases of the run have expired, if none is renewed.</param>
internal sealed record RunLease(string RunId, string Leader, DateTimeOffset Since, DateTimeOffset Until, TimeSpan Left)
{
    /// <summary>For messages: the process, since when it leads the run, and how long its lease is valid.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Leader.Length > 0 ? Leader : "a process")} has led it since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and its lease is valid for another {Math.Ceiling(Left.TotalSeconds):F0} s");

    /// <summary>The error of a start while this run is active.</summary>
    public CmEtlException Refusal(string conflictSchema) => new(
        ErrorKind.Busy, ErrorIds.RunActive, $"Run {RunId} is active on schema {conflictSchema}: {Text}. Two runs at once are refused.",
        "If that process is gone, start again when its lease has expired. Otherwise wait for the run, or stop it.") { Subject = RunId };
}
