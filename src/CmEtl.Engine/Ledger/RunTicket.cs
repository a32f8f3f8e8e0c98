namespace CmEtl.Engine;

/// <summary>What a start was given.</summary>
/// <param name="Run">The run to work on.</param>
/// <param name="Replaced">The unfinished run that it replaces, if any.</param>
/// <param name="Story">In a few words: new, resumed, joined, or why it replaces another.</param>
/// <param name="Joined">Whether another orchestrator leads the run; then this one only lends it workers.</param>
internal sealed record RunTicket(RunRow Run, string? Replaced, string Story, bool Joined)
{
    /// <summary>For a single step of a run that is under way.</summary>
    public static RunTicket Of(RunRow run) => new(run, Replaced: null, "", Joined: false);
}
