namespace CmEtl.Engine;

/// <summary>How many workers may go on, decided from two samples. Nothing is measured or changed here.</summary>
/// <param name="Workers">Workers that may work: at least 1.</param>
/// <param name="Most">Workers of the run.</param>
/// <param name="Reason">Why fewer work; empty when nothing holds the run back.</param>
internal sealed record BackOffDecision(int Workers, int Most, string Reason)
{
    /// <summary>Whether the run is held back.</summary>
    public bool BacksOff => Reason.Length > 0;

    /// <summary>The reason as the status shows it; empty without one.</summary>
    public string Note => BacksOff ? $"backing off to {Workers} of {Most} workers: {Reason}" : "";

    /// <summary>Half as many workers while any signal has a reason, otherwise one more.</summary>
    /// <param name="signals">What to look for.</param>
    /// <param name="before">The sample before.</param>
    /// <param name="now">The newest sample.</param>
    /// <param name="workers">Workers that may work by now.</param>
    /// <param name="most">Workers of the run.</param>
    public static BackOffDecision Of(IEnumerable<IPressureSignal> signals, PressureSample before, PressureSample now, int workers, int most)
    {
        var reason = string.Join("; ", signals.Select(s => s.Reason(before, now)).Where(r => r is not null));
        return new BackOffDecision(reason.Length > 0 ? Math.Max(workers / 2, 1) : Math.Min(workers + 1, most), most, reason);
    }
}
