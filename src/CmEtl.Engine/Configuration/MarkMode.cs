namespace CmEtl.Engine;

/// <summary>How a chunk sets <c>UpdateFlag = 1</c>. The final table is the same in both modes.</summary>
public enum MarkMode
{
    /// <summary>
    /// Marks are committed first, and rows are updated in a second transaction, so other sessions can see which rows are being processed.
    /// </summary>
    TwoPhase,

    /// <summary>
    /// One transaction updates rows and marks those that are not confirmed. It writes about half the WAL, and a failed chunk leaves no
    /// marks.
    /// </summary>
    SinglePass,
}
