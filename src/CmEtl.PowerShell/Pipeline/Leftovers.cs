using System.Collections.Concurrent;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>Stopped work that its cmdlet did not wait for. Nobody at a prompt has to either, but the end of the process does.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<Task, bool> Tasks = new();

    static Leftovers()
    {
        PostgresSandbox.ProcessEnding.Register(() => Task.WaitAll([.. Tasks.Keys], Patience));
    }

    /// <param name="work">What is still under way; its own failure is of no interest any more.</param>
    /// <param name="release">What has to stay open until it is over.</param>
    public static void Add(Task work, Action release)
    {
        var rest = work.ContinueWith(_ => release(), TaskScheduler.Default);
        Tasks[rest] = true;
        rest.ContinueWith(done => Tasks.TryRemove(done, out _), TaskScheduler.Default);
    }
}
