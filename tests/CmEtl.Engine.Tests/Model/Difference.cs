namespace CmEtl.Engine.Tests.Model;

/// <summary>One disagreement; secrets are masked.</summary>
public sealed record Difference(string RowId, string Column, string Expected, string Actual)
{
    public override string ToString() => $"row {RowId}, {Column}: expected {Expected}, actual {Actual}";
}
