namespace CmEtl.Engine;

/// <summary>How a worker reacts to an error. SqlStates.csv has one action for every SQLSTATE.</summary>
internal enum ErrorAction
{
    /// <summary>Retry the chunk after a pause.</summary>
    Retry,

    /// <summary>The outcome of the commit is unknown: wait for the server, read the ledger, then retry if the chunk is not done.</summary>
    RetryAfterLedgerCheck,

    /// <summary>The server is unavailable and nothing was committed: wait for a writable server, then retry.</summary>
    Await,

    /// <summary>The chunk exceeded a limit of the server and would exceed it again. It is split.</summary>
    Split,

    /// <summary>A row of the chunk cannot be written. Find it by splitting, so that the other rows can be written.</summary>
    Isolate,

    /// <summary>The server has run out of a resource that retries would use up faster: end the run and keep it resumable.</summary>
    Pause,

    /// <summary>
    /// A table, a column or a schema is missing. The preflight found it, so a loader may be replacing it in several transactions: retry the chunk.
    /// Outside of a chunk, the same statement will fail again.
    /// </summary>
    AwaitTable,

    /// <summary>The same statement will fail again.</summary>
    Fail,
}
