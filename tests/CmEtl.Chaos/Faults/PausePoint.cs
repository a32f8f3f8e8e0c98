using System.Text;

namespace CmEtl.Chaos.Faults;

/// <summary>A moment in a chunk's life, known by what the worker is about to say to the server.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Text">Found in the message, and in no other's.</param>
internal sealed record PausePoint(string Name, string Text)
{
    public static readonly PausePoint Claim = new("claim", "SET state = 'processing'");

    public static readonly PausePoint Hold = new("hold", "FOR UPDATE NOWAIT");

    public static readonly PausePoint Mark = new("mark", "-- Phase 1 of a chunk");

    public static readonly PausePoint Update = new("update", "INSERT INTO cm_claimed");

    public static readonly PausePoint Complete = new("complete", "SET state = 'done'");

    public static readonly PausePoint Commit = new("commit", "COMMIT\0");

    public static readonly IReadOnlyList<PausePoint> All = [Claim, Hold, Mark, Update, Complete, Commit];

    public static readonly PausePoint Snapshot = new("snapshot", "conflictvisitmaps_temp");

    public static readonly PausePoint Plan = new("plan", "COPY ");

    public static readonly PausePoint Finish = new("finish", "finished_at = clock_timestamp(), rows_missed");

    /// <summary>All of a night, the run's own steps included.</summary>
    public static readonly IReadOnlyList<PausePoint> Night = [Snapshot, Plan, .. All, Finish];

    /// <summary>Where rows are marked and updated in one pass.</summary>
    public static readonly IReadOnlyList<PausePoint> InOnePass = [.. All.Where(p => p != Mark)];

    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(Text);

    public bool IsIn(ReadOnlySpan<byte> message) => message.IndexOf(_bytes) >= 0;
}
