using System.Globalization;

namespace CmEtl.Engine;

/// <summary>Why a run under way is to begin no further chunk.</summary>
/// <param name="Kind">request: somebody asked; time: stop_at has passed; budget: too many chunks have failed.</param>
/// <param name="By">Who asked: user, host and database role; empty where nobody did.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="At">The end of its time, for the kind time.</param>
internal sealed record RunStop(string Kind, string By, string Reason, DateTimeOffset? At)
{
    /// <summary>The leader of a run that is led by one state machine call after another.</summary>
    public const string StateMachine = "a state machine";

    /// <summary>How the run ends.</summary>
    public RunState State => Kind switch { "time" => RunState.TimedOut, "budget" => RunState.Failed, _ => RunState.Stopped };

    /// <summary>The reason for the ledger.</summary>
    /// <param name="rest">What else to say, such as how many chunks are left.</param>
    public string Text(string rest) => Kind switch
    {
        "time" => string.Create(CultureInfo.InvariantCulture, $"its time was over at {At?.UtcDateTime:yyyy-MM-dd HH:mm} UTC; {rest}; start again to resume"),
        "budget" => $"{Reason}; {rest}; remove the cause, then start again",
        _ => $"stopped {(By.Length > 0 ? $"by {By}" : "on request")}{(Reason.Length > 0 ? $": {Reason}" : "")}; {rest}; start again to resume",
    };
}
