using System.Collections.Concurrent;
using System.Management.Automation;
using CmEtl.Engine;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>The background runs of this process. They end with the module or the process, and can be resumed afterwards.</summary>
public static class BackgroundRuns
{
    private static readonly ConcurrentDictionary<BackgroundRun, bool> Runs = new();

    static BackgroundRuns()
    {
        // Not ProcessExit: its handlers run in any order, and a run must not lose its server before it has given back its chunks.
        PostgresSandbox.ProcessEnding.Register(CancelAll);
    }

    /// <summary>Runs still under way. A host looks here before it exits.</summary>
    public static int Active => Runs.Keys.Count(r => !r.Completion.IsCompleted);

    /// <summary>The first thing that went wrong in a run of this process and was taken; null when nothing did.</summary>
    public static ErrorRecord? FirstProblem { get; private set; }

    /// <summary>What went wrong in runs that ended since this was last asked.</summary>
    public static IReadOnlyList<ErrorRecord> TakeProblems()
    {
        var problems = new List<ErrorRecord>();
        foreach (var run in Runs.Keys.Where(r => r.Completion.IsCompleted))
        {
            if (!Runs.TryRemove(run, out _))
            {
                continue;
            }

            run.Dispose();
            if (run.Problem is { } problem)
            {
                problems.Add(problem);
                FirstProblem ??= problem;
            }
        }

        return problems;
    }

    internal static async Task<EtlStatus> StartAsync(EtlEngine engine, StartRequest request, CancellationToken cancel)
    {
        var run = Start(engine, request);
        using var registration = cancel.Register(run.Cancel);
        try
        {
            return await run.Known;
        }
        catch
        {
            // Who waits is told.
            Runs.TryRemove(run, out _);
            throw;
        }
    }

    internal static BackgroundRun Start(EtlEngine engine, StartRequest request, IProgress<EtlStatus>? follower = null)
    {
        var run = new BackgroundRun(engine, request, follower);
        Runs[run] = true;
        return run;
    }

    internal static void CancelAll()
    {
        foreach (var run in Runs.Keys)
        {
            run.Cancel();
        }

        // The statements in work are cancelled on the server; a process that goes down may not wait for ever.
        Task.WaitAll([.. Runs.Keys.Select(r => r.Completion)], TimeSpan.FromSeconds(5));
    }
}
