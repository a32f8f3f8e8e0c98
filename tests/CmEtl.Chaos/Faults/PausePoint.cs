using System.Text;

namespace CmEtl.Chaos.Faults;

/// <summary>A point in the processing of a chunk, recognized by the message that the worker is about to send to the server.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Text">A text that occurs in this message and in no other.</param>
internal sealed record PausePoint(string Name, string Text)
{
    public static readonly PausePoint Claim = new("claim", "SET state = 'processing'");

    public static readonly PausePoint Hold = new("hold", "FOR UPDATE NOWAIT");

    public static readonly PausePoint Mark = new("mark", "AS stored FROM marked");

    public static readonly PausePoint Update = new("update", "INSERT INTO cm_claimed");

    public static readonly PausePoint Complete = new("complete", "SET state = 'done'");

    public static readonly PausePoint Commit = new("commit", "COMMIT\0");

    public static readonly IReadOnlyList<PausePoint> All = [Claim, Hold, Mark, Update, Complete, Commit];

    public static readonly PausePoint Snapshot = new("snapshot", "conflictvisitmaps_temp");

    public static readonly PausePoint Plan = new("plan", "COPY ");

    public static readonly PausePoint Finish = new("finish", "finished_at = clock_timestamp(), rows_missed");

    /// <summary>All points of a night, including the steps of the run itself.</summary>
    public static readonly IReadOnlyList<PausePoint> Night = [Snapshot, Plan, .. All, Finish];

    /// <summary>The points of runs that mark and update rows in one transaction.</summary>
    public static readonly IReadOnlyList<PausePoint> InOnePass = [.. All.Where(p => p != Mark)];

    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(Text);

    public bool IsIn(ReadOnlySpan<byte> message) => message.IndexOf(_bytes) >= 0;
}
