using System.Text;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Sends notifications about a run to the configured webhook, command and SNS topic. Each is recorded as an event of the run, even if it
/// fails. A failure never changes the run.
/// </summary>
internal sealed class Notifier(
    EtlSettings settings, RunLedger runs, Database database, StatusReader status,
    Func<string, string, CancellationToken, Task<int>>? publish, ILogger log)
{
    /// <summary>Number of previous runs that counts are compared with.</summary>
    private const int MostRecent = 7;

    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LimitAfterCancel = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LedgerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Whether any notification is configured.</summary>
    public bool IsOn => settings.NotifyWebhook.Length + settings.NotifyCommand.Length > 0 || publish is not null;

    /// <summary>Notifies about the end of a run, as stored in the ledger.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="unwritten">Why the end may not be stored in the ledger; null when it is.</param>
    /// <param name="cancel">Whether the process was told to end, which leaves little time.</param>
    public async Task EndedAsync(string runId, string? unwritten, CancellationToken cancel)
    {
        if (!IsOn)
        {
            return;
        }

        using var limit = cancel.IsCancellationRequested
            ? new CancellationTokenSource(LimitAfterCancel)
            : CancellationTokenSource.CreateLinkedTokenSource(cancel);
        EtlStatus end;
        try
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            soon.CancelAfter(LedgerLimit);
            end = await status.ReadAsync(runId, soon.Token);
        }
        catch (Exception error)
        {
            end = new EtlStatus
            {
                RunId = runId, State = RunState.Running, Step = EtlStep.Chunks,
                Reason = unwritten ?? $"the end of the run could not be read: {ErrorClassifier.Describe(error)}",
            };
        }

        await TellAsync(NotificationKind.RunEnded, end, limit.Token);
    }

    /// <summary>Notifies about a run that waits or makes no progress, or about a start that waits and has no run yet.</summary>
    public Task WaitsAsync(NotificationKind kind, EtlStatus now, CancellationToken cancel) =>
        IsOn ? TellAsync(kind, now, cancel) : Task.CompletedTask;

    private async Task TellAsync(NotificationKind kind, EtlStatus run, CancellationToken cancel)
    {
        try
        {
            var notification = new Notification(kind, run, await RecentAsync(run, cancel), settings.Database, settings.ConflictSchema);
            if (!notification.IsProblem && settings.NotifyOn == "problems")
            {
                return;
            }

            if (settings.NotifyWebhook.Length > 0)
            {
                var problem = await Webhook.PostAsync(settings.NotifyWebhook, settings.NotifyFormat, notification, cancel);
                await WriteDownAsync(run.RunId, $"{notification.Event} by webhook", problem);
            }

            if (settings.NotifyCommand.Length > 0)
            {
                await WriteDownAsync(run.RunId, $"{notification.Event} by command", await CommandAsync(notification, cancel));
            }

            if (publish is not null)
            {
                var (subject, message) = notification.ToTopic();
                await WriteDownAsync(
                    run.RunId, $"{notification.Event} by topic", await Delivery.RepeatAsync(limit => publish(subject, message, limit), cancel));
            }
        }
        catch (Exception error)
        {
            log.LogWarning("Run {Run}: the notification failed: {Error}", run.RunId, ErrorClassifier.Describe(error));
        }
    }

    private async Task<string?> CommandAsync(Notification notification, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(CommandLimit);
        var (program, arguments) = new Hook(HookKind.AfterRun, settings.NotifyCommand).Command;
        try
        {
            return await CommandProcess.RunAsync(
                program, arguments, Encoding.UTF8.GetString(notification.ToJson()), limit.Token, ("CMETL_NOTIFICATION", notification.Event),
                ("CMETL_NOTIFICATION_TEXT", notification.Lines));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"took longer than {CommandLimit.TotalSeconds:F0} s";
        }
    }

    private async Task<IReadOnlyList<EtlStatus>> RecentAsync(EtlStatus run, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LedgerLimit);
        try
        {
            var found = await status.ReadRecentAsync(2 * MostRecent, limit.Token);
            return [.. found.Where(r => r.RunId != run.RunId && r.State == RunState.Completed).Take(MostRecent)];
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            log.LogDebug("Recent runs could not be read: {Error}", ErrorClassifier.Describe(error));
            return [];
        }
    }

    private async Task WriteDownAsync(string runId, string what, string? problem)
    {
        log.Log(
            problem is null ? LogLevel.Information : LogLevel.Warning, "Notification {What} {Outcome}", what, problem is null ? "was sent" : $"failed: {problem}");
        if (runId.Length == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(LedgerLimit);
        try
        {
            await using var connection = await database.OpenAsync(limit.Token);
            var (kind, reason) = problem is null ? ("notification sent", what) : ("notification failed", $"{what}: {problem}");
            await runs.EventAsync(connection, runId, kind, reason, limit.Token);
        }
        catch (Exception error)
        {
            log.LogDebug("The notification could not be stored as an event: {Error}", ErrorClassifier.Describe(error));
        }
    }
}
