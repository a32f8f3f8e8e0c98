namespace CmEtl.Engine.Tests.Model;

/// <summary>A row of conflictvisitmaps as it must be after the run.</summary>
public sealed record ExpectedRow(string Id, Outcome Outcome, Row Before, Row After);
