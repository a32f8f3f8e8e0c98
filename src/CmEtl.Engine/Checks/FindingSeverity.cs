namespace CmEtl.Engine;

/// <summary>Severity of a preflight finding.</summary>
public enum FindingSeverity
{
    /// <summary>For information only.</summary>
    Information,

    /// <summary>A run will work, but more slowly or with results that should be reviewed.</summary>
    Warning,

    /// <summary>A run would fail or give wrong results, and is refused.</summary>
    Error,
}
