using System.Collections.Concurrent;
using System.Management.Automation;
using CmEtl.Engine;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>The background runs of this process. They stop with the module or the process and can be resumed afterwards.</summary>
public static class BackgroundRuns
{
    private static readonly ConcurrentDictionary<BackgroundRun, bool> Runs = new();

    static BackgroundRuns()
    {
        // Not ProcessExit, whose handlers run in any order: a run must give back its chunks before a sandbox server stops.
        PostgresSandbox.ProcessEnding.Register(CancelAll);
    }

    /// <summary>Number of runs in progress. A host reads it before it exits.</summary>
    public static int Active => Runs.Keys.Count(r => !r.Completion.IsCompleted);

    /// <summary>The first error that <see cref="TakeProblems"/> has returned. Null if there was none.</summary>
    public static ErrorRecord? FirstProblem { get; private set; }

    /// <summary>Returns the errors of runs that have ended since the last call.</summary>
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
            // The caller gets this exception, so TakeProblems must not return it again.
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

        // Running statements are canceled on the server. The wait is limited, because the process is ending.
        Task.WaitAll([.. Runs.Keys.Select(r => r.Completion)], TimeSpan.FromSeconds(5));
    }
}
