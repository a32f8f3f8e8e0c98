namespace CmEtl.Engine;

/// <summary>What a start does.</summary>
internal enum BeginAction
{
    /// <summary>Begins a run. An unfinished one is abandoned first.</summary>
    Insert,

    /// <summary>Continues the unfinished run as its leader.</summary>
    Resume,

    /// <summary>Lends workers to a run that another process leads.</summary>
    Join,
}
