using System.ComponentModel;
using System.Diagnostics;

namespace CmEtl.Engine;

/// <summary>Runs a command of the user without a shell. Its output is discarded.</summary>
internal static class CommandProcess
{
    /// <param name="program">A path, or a name that is looked up in PATH.</param>
    /// <param name="arguments">Its arguments as one text; quotes keep spaces together.</param>
    /// <param name="input">The text for standard input; null for none.</param>
    /// <param name="cancel">Ends the process and its child processes.</param>
    /// <param name="environment">Environment variables in addition to those of this process.</param>
    /// <returns>Why it failed; null when its exit code is 0.</returns>
    public static async Task<string?> RunAsync(
        string program, string arguments, string? input, CancellationToken cancel, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return "failed: the command cannot be started";
        }

        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await WriteAsync(process, input, cancel);
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }

        return process.ExitCode == 0 ? null : $"failed: exit code {process.ExitCode}";
    }

    /// <summary>
    /// What has ended meanwhile, or belongs to another user, cannot be killed; the reason to report is that the time is over.
    /// </summary>
    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
        }
    }

    private static async Task WriteAsync(Process process, string? input, CancellationToken cancel)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A command need not read its input.
        }
    }
}
