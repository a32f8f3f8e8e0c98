using System.Runtime.InteropServices;

namespace CmEtl.Chaos.Processes;

/// <summary>Signals for which .NET has no API.</summary>
internal static partial class Signals
{
    private const int SigCont = 18;
    private const int SigStop = 19;

    public static void Stop(int process) => _ = Kill(process, SigStop);

    public static void Continue(int process) => _ = Kill(process, SigCont);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
