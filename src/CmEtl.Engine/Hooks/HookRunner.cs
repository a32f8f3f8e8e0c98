using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Runs the hooks of a run one after the other, each with the time limit hook_timeout_seconds, and records each as an event. The output of
/// a hook is not stored, because it may contain personal data.
/// </summary>
internal sealed class HookRunner(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql, StatusReader status, ILogger log)
{
    /// <summary>Time limit for all hooks together after the process was told to end.</summary>
    private static readonly TimeSpan LimitAfterCancel = TimeSpan.FromSeconds(20);

    /// <summary>Runs the hooks before the first step of a run. If one fails, the others are skipped and an exception is thrown.</summary>
    public async Task BeforeAsync(RunRow run, CancellationToken cancel)
    {
        foreach (var hook in Hook.Of(settings, HookKind.BeforeRun))
        {
            if (await RunAsync(hook, run, RunState.Running, "", cancel) is { } problem)
            {
                throw new CmEtlException(
                    ErrorKind.Permanent, ErrorIds.HookFailed, $"The hook {hook.Name} {problem}.", "Correct the hook, then start again to resume.") { Subject = run.RunId };
            }
        }
    }

    /// <summary>Runs the hooks after a run has ended. A failure does not change the run and does not prevent the other hooks.</summary>
    public async Task AfterAsync(RunRow run, CancellationToken cancel)
    {
        if (settings.AfterSuccess.Length + settings.AfterRun.Length == 0)
        {
            return;
        }

        using var limit = cancel.IsCancellationRequested
            ? new CancellationTokenSource(LimitAfterCancel)
            : CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var end = await status.ReadAsync(run.RunId, limit.Token);
            var success = RunEnd.ProblemOf(end) is null ? Hook.Of(settings, HookKind.AfterSuccess) : [];
            foreach (var hook in success.Concat(Hook.Of(settings, HookKind.AfterRun)))
            {
                await RunAsync(hook, run, end.State, end.Reason, limit.Token);
            }
        }
        catch (Exception error)
        {
            // The run has already ended. An error here must not look like an error of the run.
            log.LogError("Hooks after run {Run} were not run: {Error}", run.RunId, ErrorClassifier.Describe(error));
        }
    }

    /// <returns>Why it failed; null on success.</returns>
    private async Task<string?> RunAsync(Hook hook, RunRow run, RunState state, string reason, CancellationToken cancel)
    {
        using var activity = Telemetry.Start("cmetl.hook", run.RunId)?.SetTag("cmetl.hook", hook.Name);
        var watch = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.HookTimeoutSeconds));
        string? problem;
        try
        {
            problem = hook.IsSql
                ? await ExecuteAsync(hook, run, state, reason, limit.Token)
                : await StartAsync(hook, run, state, reason, limit.Token);
        }
        catch (Exception error) when (limit.IsCancellationRequested)
        {
            problem = cancel.IsCancellationRequested ? "was canceled" : $"took longer than hook_timeout_seconds ({settings.HookTimeoutSeconds})";
            log.LogDebug("Hook {Hook}: {Error}", hook.Name, error.GetType().Name);
        }
        catch (Exception error)
        {
            problem = $"failed: {ErrorClassifier.Describe(error)}";
        }

        await WriteDownAsync(hook, run, problem, watch.Elapsed);
        cancel.ThrowIfCancellationRequested();
        return problem;
    }

    private async Task<string?> ExecuteAsync(Hook hook, RunRow run, RunState state, string reason, CancellationToken cancel)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        foreach (var (statement, number) in hook.ReadStatements().Select((s, n) => (s, n + 1)))
        {
            try
            {
                await connection.ExecuteAsync(
                    sql.Fill(statement), cancel, ("run_id", run.RunId), ("state", RunLedger.Text(state)), ("reason", reason),
                    ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema));
            }
            catch (KeyNotFoundException)
            {
                return $"failed: statement {number} uses an unknown variable (known: conflict, analytics, ledger, run_id, state, reason)";
            }
            catch (Npgsql.PostgresException error) when (!cancel.IsCancellationRequested)
            {
                return $"failed: statement {number}: {ErrorClassifier.Describe(error)}";
            }
        }

        return null;
    }

    private static async Task<string?> StartAsync(Hook hook, RunRow run, RunState state, string reason, CancellationToken cancel)
    {
        var (program, arguments) = hook.Command;
        return await CommandProcess.RunAsync(
            program, arguments, input: null, cancel,
            ("CMETL_HOOK_RUN_ID", run.RunId), ("CMETL_HOOK_STATE", RunLedger.Text(state)), ("CMETL_HOOK_REASON", reason),
            ("CMETL_HOOK_NAME", hook.Name.Split(' ')[0]));
    }

    private async Task WriteDownAsync(Hook hook, RunRow run, string? problem, TimeSpan elapsed)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{hook.Name} {problem ?? "succeeded"}, {elapsed.TotalSeconds:F1} s");
        log.Log(problem is null ? LogLevel.Information : LogLevel.Error, "Run {Run}: hook {Hook}", run.RunId, text);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await using var connection = await database.OpenAsync(limit.Token);
            await runs.EventAsync(connection, run.RunId, problem is null ? "hook ended" : "hook failed", text, limit.Token);
            if (problem is not null)
            {
                await connection.ExecuteAsync(
                    sql["run/hook_failure"], limit.Token, ("run_id", run.RunId), ("attempt", run.Attempt),
                    ("failure", $"hook {hook.Name} {problem}"));
            }
        }
        catch (Exception error)
        {
            log.LogWarning("The outcome of a hook could not be stored in the ledger: {Error}", ErrorClassifier.Describe(error));
        }
    }
}
