namespace CmEtl.Engine;

/// <summary>What a worker does about an error. SqlStates.csv names one for every SQLSTATE.</summary>
internal enum ErrorAction
{
    /// <summary>Try the chunk again after a pause.</summary>
    Retry,

    /// <summary>The outcome of the commit is unknown: wait for the server, ask the ledger, then try again if it was not done.</summary>
    RetryAfterLedgerCheck,

    /// <summary>The server is unavailable and nothing was committed: wait for a writable server, then try again.</summary>
    Await,

    /// <summary>The chunk was too much for a limit of the server; trying it as it is again would exceed the limit again.</summary>
    Split,

    /// <summary>A row of the chunk cannot be written: it is looked for, so that the others are.</summary>
    Isolate,

    /// <summary>The server has run out of something that a retry would only use up faster: end the run, keep it resumable.</summary>
    Pause,

    /// <summary>The same statement will fail again.</summary>
    Fail,
}
