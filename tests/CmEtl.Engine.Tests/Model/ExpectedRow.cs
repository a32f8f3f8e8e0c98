namespace CmEtl.Engine.Tests.Model;

/// <summary>The expected row of conflictvisitmaps after the run.</summary>
/// <param name="WidthCuts">Values that are truncated to the width of their column.</param>
/// <param name="IsDoubtful">Unconfirmed, possibly because of an unusable value.</param>
public sealed record ExpectedRow(string Id, Outcome Outcome, Row Before, Row After, int WidthCuts = 0, bool IsDoubtful = false);
