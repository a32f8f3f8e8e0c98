namespace CmEtl.Engine;

/// <summary>Decides what a start does, from the content of the ledger. A pure function of its input.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Story">The explanation in a few words: new, resumed, joined, or why the unfinished run is replaced.</param>
internal sealed record BeginDecision(BeginAction Action, string Story)
{
    /// <summary>
    /// Makes the decision. There is one run per conflict schema: while a process works on another run, a start is refused.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="named">The run with the requested id, if it exists.</param>
    /// <param name="unfinished">The newest unfinished run, if it exists.</param>
    /// <param name="settings">Settings of this start.</param>
    /// <exception cref="CmEtlException">RunFinished, RunSuperseded, RunActive, RunNotResumable.</exception>
    public static BeginDecision Of(StartRequest request, RunRow? named, UnfinishedRun? unfinished, EtlSettings settings)
    {
        if (named is not null)
        {
            RefuseEnded(named, unfinished);
            if (unfinished!.Alive)
            {
                return new BeginDecision(BeginAction.Join, "joined");
            }
        }

        if (unfinished is { Alive: true })
        {
            throw unfinished.Lease.Refusal(settings.ConflictSchema);
        }

        var replaces = unfinished is null ? "new" : Obstacle(unfinished, request, settings);
        if (replaces is null)
        {
            return new BeginDecision(BeginAction.Resume, "resumed");
        }

        return named is null
            ? new BeginDecision(BeginAction.Insert, replaces)
            : throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunNotResumable, $"Run {named.RunId} cannot be resumed. It would be {replaces}.",
                "Start with a new id. The new run replaces this one.") { Subject = named.RunId };
    }

    /// <summary>Why the unfinished run is replaced; null when it can be resumed.</summary>
    private static string? Obstacle(UnfinishedRun run, StartRequest request, EtlSettings settings) => run switch
    {
        _ when request.New => "replaced by a new start on request",
        _ when run.SettingsHash != settings.ResultHash(request.Phase) => "replaced by a start with other settings",
        _ when run.SqlHash != SqlLibrary.Hash => "replaced by a start of another version",
        _ when run.Age > TimeSpan.FromHours(settings.ResumeMaxAgeHours) =>
            $"replaced: older than the {settings.ResumeMaxAgeHours} hours up to which a run is resumed",
        _ => null,
    };

    private static void RefuseEnded(RunRow run, UnfinishedRun? newest)
    {
        if (run.State is RunState.Completed or RunState.Abandoned)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunFinished, $"Run {run.RunId} is {RunLedger.Text(run.State)} and cannot be started again.",
                "Start without an id, or give a new one.") { Subject = run.RunId };
        }

        if (newest?.RunId != run.RunId)
        {
            var newer = newest is null ? "a newer run" : $"run {newest.RunId}";
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunSuperseded,
                $"Run {run.RunId} is {RunLedger.Text(run.State)}, and {newer} was started after it.",
                newest is null ? "Start a new run." : $"Continue run {newest.RunId}, or begin a new run.") { Subject = run.RunId };
        }
    }
}
