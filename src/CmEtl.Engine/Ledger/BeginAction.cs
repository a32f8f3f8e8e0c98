namespace CmEtl.Engine;

/// <summary>The action of a start.</summary>
internal enum BeginAction
{
    /// <summary>Begin a run. An unfinished run is abandoned first.</summary>
    Insert,

    /// <summary>Resume the unfinished run as its leader.</summary>
    Resume,

    /// <summary>Add workers to a run that another process leads.</summary>
    Join,
}
