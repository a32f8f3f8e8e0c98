using System.ComponentModel;
using System.Diagnostics;

namespace CmEtl.Testing;

/// <summary>Node.js and npm, which run the services on loopback and fetch other versions of PostgreSQL.</summary>
public static class Node
{
    /// <summary>Null when node and npm can be run, otherwise the one that is missing.</summary>
    public static string? Missing { get; } = Try("node") ?? Try("npm");

    /// <summary>How a program of Node.js is started. npm is a script, which Windows starts through its shell.</summary>
    public static ProcessStartInfo Command(string program, params string[] arguments) => OperatingSystem.IsWindows() && program == "npm"
        ? new ProcessStartInfo("cmd.exe", ["/c", program, .. arguments])
        : new ProcessStartInfo(program, arguments);

    private static string? Try(string program)
    {
        try
        {
            var start = Command(program, "--version");
            start.RedirectStandardOutput = start.RedirectStandardError = true;
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} does not run.";
        }
        catch (Win32Exception)
        {
            return $"{program} is not installed.";
        }
    }
}
