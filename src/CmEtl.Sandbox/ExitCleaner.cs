using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace CmEtl.Sandbox;

/// <summary>Removes the sandboxes of this process when it ends.</summary>
internal static class ExitCleaner
{
    private static readonly ConcurrentDictionary<string, bool> Folders = new();

    // Since .NET 10 the runtime itself no longer turns these signals into ProcessExit. Interrupts are left out: hosts such as
    // PowerShell survive them.
    private static readonly PosixSignalRegistration[] Signals =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];

    static ExitCleaner() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();

    /// <summary>Remembers a folder.</summary>
    public static void Add(string folder) => Folders[folder] = true;

    /// <summary>Forgets a folder.</summary>
    public static void Forget(string folder) => Folders.TryRemove(folder, out _);

    private static void OnSignal(PosixSignalContext context)
    {
        if (!context.Cancel)
        {
            RemoveAll();
        }
    }

    private static void RemoveAll()
    {
        foreach (var folder in Folders.Keys)
        {
            try
            {
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
