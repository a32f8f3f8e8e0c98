namespace CmEtl.Engine;

/// <summary>What a line of a comparison counts.</summary>
public enum ChangeKind
{
    /// <summary>A total: rows of the snapshot, rows of the table, rows in both, rows that differ.</summary>
    Total,

    /// <summary>Rows in which this column differs.</summary>
    Column,

    /// <summary>Rows in which this flag is Y now and was not Y in the snapshot.</summary>
    FlagSet,

    /// <summary>Rows that are not in the snapshot.</summary>
    New,

    /// <summary>Rows of the snapshot that no longer exist.</summary>
    Vanished,

    /// <summary>Rows that are marked: no rule held for them, or their chunk is not done yet.</summary>
    Unconfirmed,

    /// <summary>Rows with a value that is possible but probably wrong.</summary>
    Suspicious,
}
