using CmEtl.Chaos.Processes;
using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Chaos.Workers;

/// <summary>A worker process: works on a run until the run has ended.</summary>
internal static class WorkerProgram
{
    /// <returns>0 when the run is completed.</returns>
    public static async Task<int> RunAsync(WorkerKind kind, string runId)
    {
        _ = Task.Run(async () =>
        {
            await Console.In.ReadToEndAsync();
            Environment.Exit(9);
        });
        var settings = SettingsLoader.Load();
        if (kind == WorkerKind.Engine)
        {
            return await EngineAsync(settings, runId) ? 0 : 1;
        }

        await using var wrong = new WrongWorker(settings, kind);
        return await wrong.RunAsync(runId) ? 0 : 1;
    }

    private static async Task<bool> EngineAsync(EtlSettings settings, string runId)
    {
        await using var engine = new EtlEngine(settings, NullLoggerFactory.Instance);
        try
        {
            return (await engine.RunAsync(new StartRequest { RunId = runId }, null, CancellationToken.None)).State == RunState.Completed;
        }
        catch (CmEtlException error)
        {
            return error.ErrorId == "RunFinished";
        }
    }
}
