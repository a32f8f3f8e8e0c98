namespace CmEtl.Report;

/// <summary>The result of an attempt at a chunk, from best to worst. If several are shown as one, the worst is shown.</summary>
internal enum Outcome
{
    /// <summary>A step before the chunks.</summary>
    Step,

    /// <summary>The chunk's rows are updated.</summary>
    Done,

    /// <summary>In progress.</summary>
    Working,

    /// <summary>The attempt ended without a result. The chunk was or will be retried, or it was split.</summary>
    Ended,

    /// <summary>The lease expired and no worker took the chunk over, or the end of the attempt was never recorded.</summary>
    Lost,

    /// <summary>The last attempt. The chunk is failed or quarantined.</summary>
    Failed,
}
