namespace CmEtl.Engine;

/// <summary>What a line of a comparison counts.</summary>
public enum ChangeKind
{
    /// <summary>Rows of the snapshot, of the table, in both, and different.</summary>
    Total,

    /// <summary>Rows in which this column differs.</summary>
    Column,

    /// <summary>Rows in which this flag was not Y and is Y now.</summary>
    FlagSet,

    /// <summary>Rows that are not in the snapshot.</summary>
    New,

    /// <summary>Rows of the snapshot that are gone.</summary>
    Vanished,

    /// <summary>Rows that are marked: they matched no live pair, or their chunk is not done yet.</summary>
    Unconfirmed,

    /// <summary>Rows with a value that is possible, but unlikely to be right.</summary>
    Suspicious,
}
