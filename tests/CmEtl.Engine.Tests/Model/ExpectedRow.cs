namespace CmEtl.Engine.Tests.Model;

/// <summary>A row of conflictvisitmaps as it must be after the run.</summary>
/// <param name="WidthCuts">Values that had to be cut to the width of their column.</param>
/// <param name="IsDoubtful">Unconfirmed, although a value of no use may be the reason.</param>
public sealed record ExpectedRow(string Id, Outcome Outcome, Row Before, Row After, int WidthCuts = 0, bool IsDoubtful = false);
