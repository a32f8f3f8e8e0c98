using System.Text.Json;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>Makes one engine call per action. Failures are thrown and not returned, because a state machine handles only errors.</summary>
internal sealed class Dispatcher
{
    private readonly Dictionary<string, Func<ActionInput, CancellationToken, Task<byte[]>>> _actions;
    private readonly EtlEngine _engine;
    private readonly ManifestWriter _manifests;
    private readonly FunctionMetrics _metrics;
    private readonly RunActions _runs;

    public Dispatcher(EtlEngine engine, ManifestWriter manifests, ConfigCheck check, FunctionMetrics metrics)
    {
        _engine = engine;
        _manifests = manifests;
        _metrics = metrics;
        _runs = new RunActions(engine, metrics);
        _actions = new()
        {
            ["validate_config"] = ValidateConfigAsync,
            ["check_config"] = async (input, cancel) => JsonSerializer.SerializeToUtf8Bytes(
                new CheckReply(await check.RunAsync(input.Deadline?.Time, cancel)), CheckReplyJson.Default.CheckReply),
            ["test_postgres"] = TestPostgresAsync,
            ["task_01"] = Task01Async,
            ["task_02"] = async (input, cancel) => Json(await _runs.Task02Async(input, cancel)),
            ["require_run"] = RequireRunAsync,
            ["get_task02_chunks"] = GetChunksAsync,
            ["process_task02_chunk"] = ProcessChunkAsync,
            ["verify_run"] = async (input, cancel) => Json(await _runs.VerifyAsync(input, cancel)),
        };
    }

    /// <summary>Runs the event's action.</summary>
    /// <returns>The reply as JSON. Throws <see cref="CmEtlException"/>, or <see cref="OperationCanceledException"/> on
    /// cancellation.</returns>
    public Task<byte[]> RunAsync(ActionInput input, CancellationToken cancel) => _actions.TryGetValue(input.Action, out var action)
        ? action(input, cancel)
        : throw ActionInput.Refuse("action", $"must be one of {string.Join(", ", _actions.Keys)}");

    private async Task<byte[]> ValidateConfigAsync(ActionInput input, CancellationToken cancel)
    {
        // Connect first, because a temporarily unavailable server should be retried. The preflight would report a wrong setting.
        await _engine.GetServerVersionAsync(cancel);
        var request = new StartRequest { RunId = input.RunId, Phase = input.Phase,
            New = input.New && !await IsBegunAsync(input.RunId, cancel) };
        var findings = await _engine.CheckAsync(cancel);
        var status = await _engine.BeginAsync(request, cancel);
        return JsonSerializer.SerializeToUtf8Bytes(
            new BeginReply(status.RunId, RunReply.Text(status.State), Resumed: status.RunId != input.RunId, findings.Count),
            ReplyJson.Default.BeginReply);
    }

    // A retry and a redrive send "new" again, but mean the run that the first call started.
    private async Task<bool> IsBegunAsync(string runId, CancellationToken cancel)
    {
        try
        {
            await _engine.GetStatusAsync(runId, cancel);
            return true;
        }
        catch (CmEtlException error) when (error.ErrorId == ErrorIds.RunNotFound)
        {
            return false;
        }
    }

    private async Task<byte[]> TestPostgresAsync(ActionInput input, CancellationToken cancel) => JsonSerializer.SerializeToUtf8Bytes(
        new ServerReply(await _engine.GetServerVersionAsync(cancel)), ReplyJson.Default.ServerReply);

    private async Task<byte[]> Task01Async(ActionInput input, CancellationToken cancel)
    {
        var result = await _engine.RunTask01Async(input.RunId, cancel);
        return JsonSerializer.SerializeToUtf8Bytes(
            new Task01Reply(
                input.RunId, result is null, result?.RemindersAdded, result?.RemindersChanged, result?.SnapshotRows,
                Math.Round(result?.Duration.TotalSeconds ?? 0, 2)),
            ReplyJson.Default.Task01Reply);
    }

    private async Task<byte[]> GetChunksAsync(ActionInput input, CancellationToken cancel)
    {
        var open = await _engine.PlanAsync(input.RunId, cancel, input.TargetChunkSize);
        var ids = open.Select(c => c.ChunkId).ToList();
        var planned = (await _engine.GetStatusAsync(input.RunId, cancel)).ChunksTotal;
        var reply = new ChunkListReply(input.RunId, open.Sum(c => c.EstimatedRows), ids.Count, planned);
        reply = input.Manifest is { } target
            ? reply with { ManifestBytes = await _manifests.WriteAsync(target, ids, cancel) }
            : reply with { ChunkIds = ids };
        return JsonSerializer.SerializeToUtf8Bytes(reply, ReplyJson.Default.ChunkListReply);
    }

    private async Task<byte[]> ProcessChunkAsync(ActionInput input, CancellationToken cancel)
    {
        var (run, chunk) = (input.RunId, input.ChunkId);
        var result = await _engine.ProcessChunkAsync(run, chunk, cancel, input.Deadline);
        _metrics.Chunk(result);
        return JsonSerializer.SerializeToUtf8Bytes(ChunkReply.From(result), ChunkReplyJson.Default.ChunkReply);
    }

    // Called by a schedule at the time by which the run must be verified. CloudWatch raises an alarm on the metric, also if the run never
    // started.
    private async Task<byte[]> RequireRunAsync(ActionInput input, CancellationToken cancel)
    {
        var newest = (await _engine.GetRunsAsync(1, cancel)).SingleOrDefault();
        var verified = newest is { SweepSafe: true, FinishedAt: { } end } && end >= DateTimeOffset.UtcNow.AddHours(-input.WithinHours);
        _metrics.Overdue(!verified);
        return JsonSerializer.SerializeToUtf8Bytes(
            new NightReply(newest?.RunId, newest is null ? null : RunReply.Text(newest.State), verified), ReplyJson.Default.NightReply);
    }

    private byte[] Json(RunReply reply)
    {
        _metrics.Run(reply);
        return JsonSerializer.SerializeToUtf8Bytes(reply, ReplyJson.Default.RunReply);
    }
}
