using System.Management.Automation.Host;

namespace CmEtl.PowerShell;

/// <summary>
/// Whether a background run may outlive the command that started it. A run works in its process: where that is about to end, so is the run.
/// </summary>
internal static class ProcessLifetime
{
    private static readonly string[] EndingSwitches = ["command", "commandwithargs", "cwa", "file", "encodedcommand", "ec", "noninteractive"];

    /// <summary>What to tell who starts a run in the background; null in an interactive shell.</summary>
    public static string? WarningFor(PSHost host) => host.Name switch
    {
        "cmetl" => "Without -Wait the run works in the background. cmetl waits until it has ended; stopping cmetl stops the run, which can be resumed.",
        "ServerRemoteHost" => Ending,
        "ConsoleHost" when Console.IsInputRedirected || Ends(Environment.GetCommandLineArgs()) => Ending,
        _ => null,
    };

    private const string Ending =
        "This process is about to end, and the run stops with it, resumable. Use -Wait to wait until it has ended, or -AsJob and Wait-Job.";

    // As pwsh reads its command line: a switch may be shortened, and -NoExit keeps the shell open.
    // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_pwsh
    internal static bool Ends(IReadOnlyList<string> arguments)
    {
        var names = arguments.Skip(1).Where(a => a.StartsWith('-') || a.StartsWith('/'))
            .Select(a => a.TrimStart('-', '/').ToLowerInvariant()).ToList();
        return !names.Exists(n => n.Length >= 3 && "noexit".StartsWith(n, StringComparison.Ordinal))
            && (names.Exists(n => n.Length > 0 && Array.Exists(EndingSwitches, s => s.StartsWith(n, StringComparison.Ordinal)))
                || arguments.Skip(1).FirstOrDefault()?.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase) == true);
    }
}
