using System.Diagnostics;
using System.Text;

namespace CmEtl.Sandbox;

/// <summary>One finished run of a command-line program.</summary>
internal sealed record ToolRun(int ExitCode, string Output)
{
    /// <summary>Runs a program without a shell and collects what it prints; a cancelled run is killed with its children.</summary>
    public static async Task<ToolRun> StartAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The caller's folder may be closed to the unprivileged account the program runs as.
            WorkingDirectory = Path.GetTempPath(),
        };
        // PGDATA, PGPORT and their like of the caller must not lead a sandbox astray.
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

        // A server started by the program may have inherited the pipes and would keep them open for ever.
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
