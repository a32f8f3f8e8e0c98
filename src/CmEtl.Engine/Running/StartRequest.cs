namespace CmEtl.Engine;

/// <summary>The options of a start.</summary>
public sealed record StartRequest
{
    /// <summary>Id of a new run, or of the one to join. Null lets the engine decide: resume, or a new id from the clock.</summary>
    public string? RunId { get; init; }

    /// <summary>One chunk or many.</summary>
    public Phase Phase { get; init; } = Phase.Chunked;

    /// <summary>Begin a new run. An unfinished run is abandoned and its marks are released.</summary>
    public bool New { get; init; }

    /// <summary>
    /// Wait while another run on the schema has a valid lease, in case its process is gone. A lease that is renewed belongs to a running
    /// process; the start is then refused.
    /// </summary>
    public bool WaitForLease { get; init; }

    /// <summary>When the run stops starting chunks; computed from the settings when the start begins.</summary>
    internal DateTimeOffset? StopAt { get; init; }

    /// <summary>Whether a state machine leads the run instead of this process.</summary>
    internal bool ByStateMachine { get; init; }

    /// <summary>How long to wait for fresh analytics tables before the start; zero means not at all.</summary>
    public TimeSpan WaitFresh { get; init; }
}
