using System.Globalization;
using System.Text;

namespace CmEtl.Engine;

/// <summary>The content of a notification: counts and reasons from the ledger, which contain neither an SSN nor a secret.</summary>
/// <param name="Kind">The occasion.</param>
/// <param name="Status">The run.</param>
/// <param name="Recent">The previous completed runs, newest first, for comparison of the counts.</param>
/// <param name="Database">Name of the database.</param>
/// <param name="ConflictSchema">Schema of conflictvisitmaps.</param>
internal sealed record Notification(
    NotificationKind Kind, EtlStatus Status, IReadOnlyList<EtlStatus> Recent, string Database, string ConflictSchema)
{
    /// <summary>Whether the run needs attention.</summary>
    public bool IsProblem => Kind != NotificationKind.RunEnded || RunEnd.ProblemOf(Status) is not null;

    /// <summary>Name of the kind in payloads and events.</summary>
    public string Event => Kind switch
    {
        NotificationKind.RunEnded => "run_ended",
        NotificationKind.RunWaiting => "run_waiting",
        _ => "run_stalled",
    };

    /// <summary>The title, in one line.</summary>
    public string Title => Kind switch
    {
        NotificationKind.RunEnded => $"CmEtl {Database}/{ConflictSchema}: run {Status.RunId} {(IsProblem ? $"ended as {Status.State}, which needs attention" : "is completed and sweep-safe")}",
        NotificationKind.RunWaiting => $"CmEtl {Database}/{ConflictSchema}: {(Status.RunId.Length > 0 ? $"run {Status.RunId}" : "a start")} waits",
        _ => $"CmEtl {Database}/{ConflictSchema}: run {Status.RunId} makes no progress",
    };

    /// <summary>What to do next.</summary>
    public string NextStep => Kind switch
    {
        NotificationKind.RunEnded => RunEnd.ProblemOf(Status)?.Remedy ?? "Nothing to do.",
        NotificationKind.RunWaiting => "Read the reason. The run continues by itself when it no longer has to wait.",
        _ => "Check the chunks of the run and the locks on the server. A run that is stopped is resumed by the next start.",
    };

    /// <summary>The counts, each with the median of recent runs if there are any.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts =>
    [
        ("State", Status.State.ToString()),
        ("Reason", Status.Reason.Length > 0 ? Status.Reason : "-"),
        ("Chunks done", Text($"{Status.ChunksDone:N0} of {Status.ChunksTotal:N0}, {Status.ChunksFailed:N0} failed")),
        ("Duration", Compared($"{Math.Floor(Status.Elapsed.TotalHours):00}:{Status.Elapsed:mm\\:ss}", r => r.Elapsed.TotalSeconds,
            s => TimeSpan.FromSeconds(s).ToString(@"hh\:mm\:ss"))),
        ("Rows planned", Compared(Status.RowsPlanned, r => r.RowsPlanned)),
        ("Rows confirmed", Compared(Status.RowsConfirmed, r => r.RowsConfirmed)),
        ("Rows unconfirmed", Compared(Status.RowsUnconfirmed, r => r.RowsUnconfirmed)),
        ("Next step", NextStep),
    ];

    /// <summary>The notification as lines of text.</summary>
    public string Lines => string.Join('\n', Facts.Select(f => $"{f.Name}: {f.Value}").Prepend(Title));

    /// <summary>
    /// Subject and message for a topic of Amazon SNS: mails and text messages are for people, the others are JSON. A subject is printable
    /// ASCII of fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html).
    /// </summary>
    public (string Subject, string Message) ToTopic()
    {
        var subject = string.Concat(Title.Take(99).Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return (subject, Encoding.UTF8.GetString(Json.Write(json =>
        {
            json.WriteString("default", Encoding.UTF8.GetString(ToJson()));
            json.WriteString("email", Lines);
            json.WriteString("sms", Title);
        })));
    }

    /// <summary>The notification as a JSON object: the format "json", and the input of a command.</summary>
    public byte[] ToJson() => Json.Write(json =>
    {
        json.WriteString("event", Event);
        json.WriteString("title", Title);
        json.WriteBoolean("problem", IsProblem);
        json.WriteString("runId", Status.RunId);
        json.WriteString("database", Database);
        json.WriteString("conflictSchema", ConflictSchema);
        json.WriteString("leader", Status.Leader);
        json.WriteString("state", Status.State.ToString());
        json.WriteBoolean("sweepSafe", Status.SweepSafe);
        json.WriteString("reason", Status.Reason);
        json.WriteString("nextStep", NextStep);
        json.WriteString("startedAt", Status.StartedAt.UtcDateTime);
        json.WriteNumber("elapsedSeconds", Math.Round(Status.Elapsed.TotalSeconds, 1));
        json.WriteNumber("chunksTotal", Status.ChunksTotal);
        json.WriteNumber("chunksDone", Status.ChunksDone);
        json.WriteNumber("chunksFailed", Status.ChunksFailed);
        json.WriteNumber("rowsPlanned", Status.RowsPlanned);
        json.WriteNumber("rowsConfirmed", Status.RowsConfirmed);
        json.WriteNumber("rowsUnconfirmed", Status.RowsUnconfirmed);
        json.WriteNumber("rowsDeferred", Status.RowsDeferred);
        json.WriteStartObject("recent");
        json.WriteNumber("runs", Recent.Count);
        foreach (var (name, value) in new (string, Func<EtlStatus, double>)[]
        {
            ("elapsedSeconds", r => Math.Round(r.Elapsed.TotalSeconds, 1)), ("rowsPlanned", r => r.RowsPlanned), ("rowsConfirmed", r => r.RowsConfirmed),
            ("rowsUnconfirmed", r => r.RowsUnconfirmed),
        })
        {
            if (Median(value) is { } median)
            {
                json.WriteNumber(name, median);
            }
        }

        json.WriteEndObject();
    });

    private double? Median(Func<EtlStatus, double> value)
    {
        var values = Recent.Select(value).Order().ToList();
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private string Compared(long now, Func<EtlStatus, double> value) => Compared(Text($"{now:N0}"), value, v => Text($"{v:N0}"));

    private string Compared(string now, Func<EtlStatus, double> value, Func<double, string> text) =>
        Median(value) is { } median ? $"{now} (median of {Recent.Count} recent runs: {text(median)})" : now;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
