namespace CmEtl.Engine;

/// <summary>The state of a chunk. The text in the ledger is the name in lower case.</summary>
public enum ChunkState
{
    /// <summary>Waits for a worker, possibly after a failed attempt.</summary>
    Pending,

    /// <summary>Claimed by a worker, which is processing it.</summary>
    Processing,

    /// <summary>Its rows were updated, in the transaction that wrote this state.</summary>
    Done,

    /// <summary>Its retries are used up. The next start retries it.</summary>
    Failed,

    /// <summary>A single row that cannot be processed. It is left out until it is reset.</summary>
    Quarantined,

    /// <summary>
    /// Claimed by a worker whose lease has expired. In the ledger it is still in state processing. The next claim takes it over.
    /// </summary>
    Stuck,
}
