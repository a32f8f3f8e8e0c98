namespace CmEtl.Report;

/// <summary>How an attempt at a chunk ended, from good to bad: where many are shown as one, the worst is.</summary>
internal enum Outcome
{
    /// <summary>A step before the chunks.</summary>
    Step,

    /// <summary>The chunk's rows are updated.</summary>
    Done,

    /// <summary>Under way.</summary>
    Working,

    /// <summary>It ended without a result, and the chunk was or will be tried again, or cut in two.</summary>
    Ended,

    /// <summary>Its lease is over and nobody works on it, or its end was never written down.</summary>
    Lost,

    /// <summary>The last one: the chunk is failed or quarantined.</summary>
    Failed,
}
