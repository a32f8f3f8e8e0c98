namespace CmEtl.Engine;

/// <summary>Where a chunk stands. The text in the ledger is the lower-case name.</summary>
public enum ChunkState
{
    /// <summary>Waiting for a worker, perhaps after a failed attempt.</summary>
    Pending,

    /// <summary>Claimed by a worker that works on it.</summary>
    Processing,

    /// <summary>Its rows were updated, in the same transaction that wrote this.</summary>
    Done,

    /// <summary>Its retries are used up. The next start tries again.</summary>
    Failed,

    /// <summary>One row that cannot be processed; set aside until somebody resets it.</summary>
    Quarantined,

    /// <summary>Claimed by a worker whose lease is over. In the ledger it is still in processing; the next start takes it over.</summary>
    Stuck,
}
