using System.Collections.Concurrent;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>Stopped work that its cmdlet did not wait for. The prompt returns at once, but the process waits for it at its end.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<Task, bool> Tasks = new();

    static Leftovers()
    {
        PostgresSandbox.ProcessEnding.Register(() => Task.WaitAll([.. Tasks.Keys], Patience));
    }

    /// <param name="work">Work still in progress. Its failure is ignored.</param>
    /// <param name="release">Releases what must stay open until the work has ended.</param>
    public static void Add(Task work, Action release)
    {
        var rest = work.ContinueWith(_ => release(), TaskScheduler.Default);
        Tasks[rest] = true;
        rest.ContinueWith(done => Tasks.TryRemove(done, out _), TaskScheduler.Default);
    }
}
