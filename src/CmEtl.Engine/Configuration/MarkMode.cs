namespace CmEtl.Engine;

/// <summary>How a chunk sets <c>UpdateFlag = 1</c>. The final table is the same in both modes.</summary>
public enum MarkMode
{
    /// <summary>Marks are committed first, rows are updated in a second transaction: other sessions see what is being worked on.</summary>
    TwoPhase,

    /// <summary>
    /// One transaction updates and marks what is left over: about half the WAL, and a failed chunk leaves no mark behind.
    /// </summary>
    SinglePass,
}
