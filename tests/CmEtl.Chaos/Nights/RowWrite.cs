using CmEtl.Engine.Tests.Model;

namespace CmEtl.Chaos.Nights;

/// <summary>One write of a row, as recorded.</summary>
internal sealed record RowWrite(long Seq, DateTime At, string Xid, string By, string Id, bool HasOld, bool HasNew)
{
    /// <summary>The row before; null when it was inserted.</summary>
    public Row? Old { get; init; }

    /// <summary>The row after; null when it was deleted.</summary>
    public Row? New { get; init; }

    public bool ByEngine => By is not ("owner" or "swap" or "world" or "loader" or "application");

    /// <summary>Whether the mark was changed.</summary>
    public bool ChangesMark => Old is null || New is null || !Equals(Old["UpdateFlag"], New["UpdateFlag"]);

    /// <summary>Whether it is a write of the engine that sets UpdatedDate. Marks and their releases do not.</summary>
    public bool IsConfirmation => ByEngine && Changes("UpdatedDate");

    private bool Changes(string column) => Old is not null && New is not null && !Equals(Old[column], New[column]);
}
