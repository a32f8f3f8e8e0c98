using System.Diagnostics;
using System.Text;

namespace CmEtl.Sandbox;

/// <summary>The result of a command-line program.</summary>
internal sealed record ToolRun(int ExitCode, string Output)
{
    /// <summary>Runs a program without a shell and collects its output. On cancellation the program and its children are killed.</summary>
    public static async Task<ToolRun> StartAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The program's unprivileged account may have no access to the caller's folder.
            WorkingDirectory = Path.GetTempPath(),
        };
        // The caller's PGDATA, PGPORT and similar variables must not affect the sandbox.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = new StringBuilder();
        var readers = Task.WhenAll(CollectAsync(process.StandardOutput, output), CollectAsync(process.StandardError, output));
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        // A server that the program started may have inherited the pipes and would keep them open.
        await Task.WhenAny(readers, Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None));
        lock (output)
        {
            return new(process.ExitCode, output.ToString().Trim());
        }
    }

    private static async Task CollectAsync(StreamReader reader, StringBuilder output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
