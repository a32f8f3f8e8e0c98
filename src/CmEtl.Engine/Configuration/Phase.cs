namespace CmEtl.Engine;

/// <summary>How the window is divided into chunks before Task 02.</summary>
public enum Phase
{
    /// <summary>One chunk that covers the whole window (the documented Phase 1).</summary>
    Sequential,

    /// <summary>Balanced chunks by (VisitDate, SSN), processed in parallel (the documented Phase 2).</summary>
    Chunked,
}
