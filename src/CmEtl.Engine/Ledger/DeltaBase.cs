namespace CmEtl.Engine;

/// <summary>The completed run that a run with delta is taken against.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Baseline">Its oldest transaction that some chunk may not have seen.</param>
/// <param name="WindowFrom">Its first day.</param>
/// <param name="WindowTo">Its last day.</param>
/// <param name="Versions">Of each table what all of its chunks saw alike, such as how many rows it had, as JSON.</param>
internal sealed record DeltaBase(
    string RunId, string Baseline, DateOnly WindowFrom, DateOnly WindowTo, string Versions);
