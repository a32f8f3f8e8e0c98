using System.Globalization;

namespace CmEtl.Engine;

/// <summary>Why a running run must not start further chunks.</summary>
/// <param name="Kind">"request": a stop was requested. "time": stop_at has passed. "budget": too many chunks have failed.</param>
/// <param name="By">User, host and database role of the request; empty when there was none.</param>
/// <param name="Reason">The reason; may be empty.</param>
/// <param name="At">The time limit, for the kind "time".</param>
internal sealed record RunStop(string Kind, string By, string Reason, DateTimeOffset? At)
{
    /// <summary>The leader of a run that a state machine leads call by call.</summary>
    public const string StateMachine = "a state machine";

    /// <summary>The end of the reason of a run that the next start resumes, for the status and for the error of a caller that waits.</summary>
    public const string Resume = "; start again to resume";

    /// <summary>The state in which the run ends.</summary>
    public RunState State => Kind switch { "time" => RunState.TimedOut, "budget" => RunState.Failed, _ => RunState.Stopped };

    /// <summary>The reason for the ledger.</summary>
    /// <param name="rest">Additional information, such as how many chunks are not done.</param>
    public string Text(string rest) => Kind switch
    {
        "time" => string.Create(CultureInfo.InvariantCulture, $"time limit reached at {At?.UtcDateTime:yyyy-MM-dd HH:mm} UTC; {rest}{Resume}"),
        "budget" => $"{Reason}; {rest}; remove the cause, then start again",
        _ => $"stopped {(By.Length > 0 ? $"by {By}" : "on request")}{(Reason.Length > 0 ? $": {Reason}" : "")}; {rest}{Resume}",
    };
}
