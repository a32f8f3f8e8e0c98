namespace CmEtl.Engine;

/// <summary>How much a finding of the preflight matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>A run will work, but slower or with results somebody should look at.</summary>
    Warning,

    /// <summary>A run would fail or give wrong results; it is refused.</summary>
    Error,
}
