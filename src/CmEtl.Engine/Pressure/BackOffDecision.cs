namespace CmEtl.Engine;

/// <summary>How many workers may work, decided from two samples. A pure function of its input.</summary>
/// <param name="Workers">Workers that may work, at least 1.</param>
/// <param name="Most">Workers of the run.</param>
/// <param name="Reason">The back-off reason; empty when the run does not back off.</param>
internal sealed record BackOffDecision(int Workers, int Most, string Reason)
{
    /// <summary>Whether the run backs off.</summary>
    public bool BacksOff => Reason.Length > 0;

    /// <summary>The reason as the status shows it; empty without one.</summary>
    public string Note => BacksOff ? $"backing off to {Workers} of {Most} workers: {Reason}" : "";

    /// <summary>Halves the number of workers while any signal has a reason, otherwise adds one.</summary>
    /// <param name="signals">The signals to evaluate.</param>
    /// <param name="before">The previous sample.</param>
    /// <param name="now">The newest sample.</param>
    /// <param name="workers">Workers that may work at present.</param>
    /// <param name="most">Workers of the run.</param>
    public static BackOffDecision Of(IEnumerable<IPressureSignal> signals, PressureSample before, PressureSample now, int workers, int most)
    {
        var reason = string.Join("; ", signals.Select(s => s.Reason(before, now)).Where(r => r is not null));
        return new BackOffDecision(reason.Length > 0 ? Math.Max(workers / 2, 1) : Math.Min(workers + 1, most), most, reason);
    }
}
