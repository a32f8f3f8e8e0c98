namespace CmEtl.Engine.Tests.Model;

/// <summary>A difference, with secrets masked.</summary>
public sealed record Difference(string RowId, string Column, string Expected, string Actual)
{
    public override string ToString() => $"row {RowId}, {Column}: expected {Expected}, actual {Actual}";
}
