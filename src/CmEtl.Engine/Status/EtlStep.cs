namespace CmEtl.Engine;

/// <summary>The step a run is in, in this order.</summary>
public enum EtlStep
{
    /// <summary>Task 01: reminders and the before-snapshot.</summary>
    Task01,

    /// <summary>Cutting the window into chunks.</summary>
    Planning,

    /// <summary>Task 02: the chunks.</summary>
    Chunks,

    /// <summary>Nothing is left to do.</summary>
    Finished,
}
