namespace CmEtl.Engine;

/// <summary>The step of a run, in this order.</summary>
public enum EtlStep
{
    /// <summary>Task 01: reminders and the snapshot.</summary>
    Task01,

    /// <summary>Planning the chunks of the window.</summary>
    Planning,

    /// <summary>Task 02: the chunks.</summary>
    Chunks,

    /// <summary>All work is done.</summary>
    Finished,
}
