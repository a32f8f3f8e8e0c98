namespace CmEtl.Engine;

/// <summary>The result of a start.</summary>
/// <param name="Run">The run to work on.</param>
/// <param name="Replaced">The unfinished run that it replaces, if any.</param>
/// <param name="Story">The explanation in a few words: new, resumed, joined, or why it replaces another.</param>
/// <param name="Joined">Whether another orchestrator leads the run and this one only adds workers.</param>
internal sealed record RunTicket(RunRow Run, string? Replaced, string Story, bool Joined)
{
    /// <summary>A ticket for a single step of a running run.</summary>
    public static RunTicket Of(RunRow run) => new(run, Replaced: null, "", Joined: false);
}
