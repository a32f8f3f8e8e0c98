using System.Diagnostics;
using CmEtl.Sandbox;

namespace CmEtl.Engine.Tests.Status;

/// <summary>The psql of the PostgreSQL installation that sandboxes use. Not every build of PostgreSQL has one.</summary>
internal static class Psql
{
    public static string? Program { get; } = Find();

    /// <summary>Runs a file as a user does, from the root of the repository. Returns one array per row.</summary>
    public static List<string[]> Run(PostgresSandbox sandbox, string file, params string[] variables)
    {
        string[] all = ["conflict=conflict", "analytics=analytics", "ledger=cm_etl", .. variables];
        var start = new ProcessStartInfo(
            Program!, ["-X", "-q", "-A", "-t", "-F", "|", "-v", "ON_ERROR_STOP=1", .. all.SelectMany(v => new[] { "-v", v }), "-f", file])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = sandbox.Host, ["PGPORT"] = $"{sandbox.Port}", ["PGUSER"] = sandbox.User, ["PGDATABASE"] = sandbox.Database,
                ["PGPASSWORD"] = sandbox.Password,
            },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, error.Result));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))];
    }

    private static string? Find()
    {
        try
        {
            var finder = new PostgresFinder { Fetch = (_, _) => Task.FromResult<PostgresPrograms?>(null) };
            var folder = finder.FindAsync(null, null, CancellationToken.None).GetAwaiter().GetResult().Folder;
            // PATH may contain only a link to initdb. psql is in the folder that it leads to.
            var real = new FileInfo(new PostgresPrograms(folder).InitDb).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            return new[] { folder, Path.GetDirectoryName(real) ?? folder }
                .Select(f => Path.Combine(f, OperatingSystem.IsWindows() ? "psql.exe" : "psql")).FirstOrDefault(File.Exists);
        }
        catch (CmEtlException)
        {
            return null;
        }
    }
}
