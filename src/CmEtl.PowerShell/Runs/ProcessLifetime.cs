using System.Management.Automation.Host;

namespace CmEtl.PowerShell;

/// <summary>
/// Detects whether the process, and with it a background run, is about to end after the command that started the run.
/// </summary>
internal static class ProcessLifetime
{
    private static readonly string[] EndingSwitches = ["command", "commandwithargs", "cwa", "file", "encodedcommand", "ec", "noninteractive"];

    /// <summary>The warning for the start of a background run. Null in an interactive shell.</summary>
    public static string? WarningFor(PSHost host) => host.Name switch
    {
        "cmetl" => "Without -Wait the run works in the background. cmetl waits until it has ended. If you stop cmetl, the run stops and can be resumed.",
        "ServerRemoteHost" => Ending,
        "ConsoleHost" when Console.IsInputRedirected || Ends(Environment.GetCommandLineArgs()) => Ending,
        _ => null,
    };

    private const string Ending =
        "This process is about to end. The run will stop with it and can be resumed. To wait for the run, use -Wait, or -AsJob and Wait-Job.";

    // Follows pwsh's command line: switches can be abbreviated, and -NoExit keeps the shell open.
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
