using System.Text.Json;
using CmEtl.Chaos.World;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;
using Npgsql;

namespace CmEtl.Chaos.Privacy;

/// <summary>
/// Collects everything that may reveal something about a run: the server's log with the most verbose settings, the statements that other
/// sessions can see, command lines, progress, errors, the engine's log and the ledger.
/// </summary>
internal sealed class Listener : IProgress<EtlStatus>, IAsyncDisposable
{
    public const string ServerLog = "server log";
    public const string Activity = "pg_stat_activity";
    public const string CommandLines = "command lines";
    public const string Progress = "progress";
    public const string Ledger = "ledger";

    private readonly EngineDatabase _database;
    private readonly string _logFile;
    private readonly long _logStart;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private Listener(EngineDatabase database, string logFile, IReadOnlySet<string> ssns)
    {
        _database = database;
        _logFile = logFile;
        _logStart = new FileInfo(logFile).Length;
        Heard = new Heard(ssns);
        _watching = Task.Run(WatchAsync);
    }

    public Heard Heard { get; }

    public static async Task<Listener> StartAsync(EngineServer server, EngineDatabase database)
    {
        await LoudAsync(database);
        return new Listener(database, server.LogFile, await SsnsAsync(database));
    }

    public void Report(EtlStatus value) => Tell(Progress, value);

    /// <summary>A record of the engine, as text and as JSON.</summary>
    public void Tell(string where, object value) => Heard.Add(where, $"{value} {JsonSerializer.Serialize(value)}");

    public void Tell(Exception error) => Heard.Add("exception", $"{error} {error.InnerException} {error.HelpLink} {JsonSerializer.Serialize(error.Data)} {(error as CmEtlException)?.Remedy} {(error as CmEtlException)?.Subject}");

    /// <summary>Everything that can be queried at any time, in its current state.</summary>
    public async Task AskAsync(CancellationToken cancel)
    {
        var engine = _database.Engine();
        foreach (var run in await engine.GetRunsAsync(100, cancel))
        {
            Tell("status", run);
            foreach (var chunk in await engine.GetChunksAsync(run.RunId, cancel))
            {
                Tell("plan", chunk);
            }
        }

        foreach (var record in (IEnumerable<object>)
            [.. await engine.PreviewPlanAsync(Phase.Chunked, cancel), .. await engine.CheckAsync(cancel),
                .. await engine.PreviewResetAsync(new ResetRequest(), cancel)])
        {
            Tell("preview", record);
        }

        await using var connection = await _database.ConnectAsync();
        foreach (var table in (string[])["run", "event", "chunk", "migration"])
        {
            foreach (var row in await connection.QueryAsync(
                $"SELECT (to_jsonb(t) - 'from_ssn' - 'to_ssn')::text FROM cm_etl.{table} AS t", r => r.GetString(0), cancel))
            {
                Heard.Add(Ledger, row);
            }
        }
    }

    /// <summary>Stops collecting.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        foreach (var line in _database.Log.Lines)
        {
            Heard.Add("log", line);
        }

        await using var log = new FileStream(_logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Position = _logStart;
        using var reader = new StreamReader(log);
        Heard.Add(ServerLog, await reader.ReadToEndAsync());
    }

    private async Task WatchAsync()
    {
        await using var connection = await _database.ConnectAsync();
        for (var i = 0; !_stop.IsCancellationRequested; i++)
        {
            foreach (var query in await connection.QueryAsync(
                "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cm_etl'", r => r.GetString(0), default))
            {
                Heard.Add(Activity, query);
            }

            if (i % 20 == 0)
            {
                Heard.Add(CommandLines, string.Join('\n', Directory.EnumerateFiles("/proc", "cmdline", Depth).Select(Read)));
            }

            await Task.Delay(10);
        }
    }

    private static EnumerationOptions Depth { get; } = new() { RecurseSubdirectories = true, MaxRecursionDepth = 1,
        IgnoreInaccessible = true };

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // The process has ended meanwhile.
        }
    }

    /// <summary>Loads pgaudit into the server if it is installed. CI installs it.</summary>
    public static async Task AuditAsync(EngineServer server)
    {
        await using var database = await server.CopyAsync();
        if (!await database.ReadAsync<bool>("SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pgaudit')"))
        {
            Assert.False(Requirement.InCi, "The extension pgaudit is not installed.");
            return;
        }

        if (await database.ReadAsync<string>("SELECT current_setting('shared_preload_libraries')") != "pgaudit")
        {
            await database.ExecuteAsync("ALTER SYSTEM SET shared_preload_libraries = pgaudit");
            var control = new ServerControl(Path.GetDirectoryName(server.LogFile)!, database.Settings.Port);
            await control.StopAsync();
            await control.StartAsync();
        }
    }

    /// <summary>Everything that an administrator may have switched on for all roles.</summary>
    private static async Task LoudAsync(EngineDatabase database)
    {
        var settings = new Dictionary<string, string>
        {
            ["log_statement"] = "all", ["log_min_duration_statement"] = "0", ["log_min_error_statement"] = "error", ["log_min_messages"] = "info",
            ["log_error_verbosity"] = "verbose", ["log_parameter_max_length"] = "-1", ["log_parameter_max_length_on_error"] = "-1",
            ["log_lock_waits"] = "on", ["log_temp_files"] = "0",
        };
        if (await database.ReadAsync<string>("SELECT current_setting('shared_preload_libraries')") == "pgaudit")
        {
            settings["pgaudit.log"] = "all";
            settings["pgaudit.log_parameter"] = "on";
        }

        try
        {
            await database.ExecuteAsync("LOAD 'auto_explain'");
            settings["session_preload_libraries"] = "auto_explain";
            settings["auto_explain.log_min_duration"] = "0";
            settings["auto_explain.log_verbose"] = "on";
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedFile)
        {
            // This server does not include the module.
        }

        var name = await database.ReadAsync<string>("SELECT current_database()::text");
        await database.ExecuteAsync(string.Concat(settings.Select(s => $"ALTER DATABASE {name} SET {s.Key} = '{s.Value}';")));
    }

    private static async Task<HashSet<string>> SsnsAsync(EngineDatabase database) => (await database.ReadAsync<string[]>(
        """
        SELECT array_agg(DISTINCT trim(ssn)) FROM (
          SELECT "SSN" FROM analytics.dimcaregiver UNION ALL SELECT "SSN" FROM conflict.conflictvisitmaps
          UNION ALL SELECT "AideSSN" FROM conflict.conflictvisitmaps UNION ALL SELECT "ConAideSSN" FROM conflict.conflictvisitmaps) AS s (ssn)
         WHERE length(trim(ssn)) = 9
        """)).ToHashSet(StringComparer.Ordinal);
}
