using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CmEtl.Sandbox;

/// <summary>Removes the sandboxes of this process when it ends, those that are still starting included.</summary>
internal static class ExitCleaner
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Folders = new();

    private static readonly CancellationTokenSource Ends = new();

    private static readonly Lock Gate = new();

    // Since .NET 10 the runtime itself no longer turns these signals into ProcessExit. Interrupts are left out: hosts such as
    // PowerShell survive them.
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    static ExitCleaner() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();

    /// <summary>Cancelled when the process is about to end.</summary>
    public static CancellationToken Ending => Ends.Token;

    /// <summary>Remembers a folder. Set the result when the start is over, well or not: until then the start itself cleans up.</summary>
    public static TaskCompletionSource Add(string folder)
    {
        SandboxRegistry.Hold(folder);
        return Folders[folder] = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Forgets a folder.</summary>
    public static void Forget(string folder)
    {
        SandboxRegistry.Release(folder);
        Folders.TryRemove(folder, out _);
    }

    private static void OnSignal(PosixSignalContext context)
    {
        // A host that ends the process itself, such as cmetl, is asked after us: signal handlers run in reverse order.
        var hostEnds = AppContext.TryGetSwitch("CmEtl.HostEndsProcess", out var ends) && ends;
        if (!context.Cancel && !hostEnds)
        {
            RemoveAll();
        }
    }

    private static void RemoveAll()
    {
        // A signal and the end of the process may come together; the second waits, so that nobody leaves half-way.
        using var turn = Gate.EnterScope();
        Ends.Cancel();
        foreach (var (folder, start) in Folders)
        {
            try
            {
                start.Task.Wait(Patience);
                PostgresSandbox.RemoveAsync(folder, CancellationToken.None).GetAwaiter().GetResult();
            }
#pragma warning disable CA1031 // The process is ending: nobody is left to tell, and the other sandboxes still have to go.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
