namespace CmEtl.Engine;

/// <summary>What a caller asks of a start.</summary>
public sealed record StartRequest
{
    /// <summary>Id of a new run, or of the one to join; null lets the engine choose (resume, or a new id from the clock).</summary>
    public string? RunId { get; init; }

    /// <summary>One chunk or many.</summary>
    public Phase Phase { get; init; } = Phase.Chunked;

    /// <summary>Start afresh: an unfinished run is abandoned and its marks are released.</summary>
    public bool New { get; init; }

    /// <summary>
    /// Wait while the lease of another run on the schema lasts, in case its process is gone. A lease that is renewed belongs to a process
    /// at work: the start is refused then.
    /// </summary>
    public bool WaitForLease { get; init; }

    /// <summary>When the run begins no further chunk; worked out from the settings when the start begins.</summary>
    internal DateTimeOffset? StopAt { get; init; }

    /// <summary>Whether the calls of a state machine lead the run, not this process.</summary>
    internal bool ByStateMachine { get; init; }

    /// <summary>How long to wait for fresh analytics tables before anything else; zero means not at all.</summary>
    public TimeSpan WaitFresh { get; init; }
}
