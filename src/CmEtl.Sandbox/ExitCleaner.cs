using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CmEtl.Sandbox;

/// <summary>Removes the sandboxes of this process when it ends, including those that are still starting.</summary>
internal static class ExitCleaner
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Folders = new();

    private static readonly CancellationTokenSource Ends = new();

    private static readonly Lock Gate = new();

    // Since .NET 10 the runtime no longer raises ProcessExit for these signals. Interrupts are not handled, because hosts such as
    // PowerShell survive them.
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    static ExitCleaner() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();

    /// <summary>Canceled when the process is about to end.</summary>
    public static CancellationToken Ending => Ends.Token;

    /// <summary>Registers a folder. Set the result when the start has succeeded or failed. Until then the start cleans up itself.</summary>
    public static TaskCompletionSource Add(string folder)
    {
        SandboxRegistry.Hold(folder);
        return Folders[folder] = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Removes a folder from the registration.</summary>
    public static void Forget(string folder)
    {
        SandboxRegistry.Release(folder);
        Folders.TryRemove(folder, out _);
    }

    private static void OnSignal(PosixSignalContext context)
    {
        // A host that ends the process itself, such as cmetl, handles the signal after this handler, because handlers run in reverse order.
        var hostEnds = AppContext.TryGetSwitch("CmEtl.HostEndsProcess", out var ends) && ends;
        if (!context.Cancel && !hostEnds)
        {
            RemoveAll();
        }
    }

    private static void RemoveAll()
    {
        // A signal and the end of the process can coincide. The second call waits, so that the process does not exit too early.
        using var turn = Gate.EnterScope();
        Ends.Cancel();
        foreach (var (folder, start) in Folders)
        {
            try
            {
                start.Task.Wait(Patience);
                PostgresSandbox.RemoveAsync(folder, CancellationToken.None).GetAwaiter().GetResult();
            }
#pragma warning disable CA1031 // The process is ending. The error cannot be reported, and the other sandboxes must still be removed.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
