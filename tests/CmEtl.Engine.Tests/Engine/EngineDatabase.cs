using CmEtl.Engine.Tests.Model;
using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>The database of one test, with the test's own connection and engines that work in it.</summary>
public sealed class EngineDatabase : IAsyncDisposable
{
    // Long, because the machine may be busy.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Func<Task> drop;
    private readonly List<EtlEngine> engines = [];

    private EngineDatabase(EtlSettings settings, EtlSettings owner, NpgsqlConnection connection, Func<Task> drop)
    {
        this.drop = drop;
        Settings = settings;
        Owner = owner;
        Connection = connection;
    }

    /// <summary>Settings for the role that runs the pipeline.</summary>
    public EtlSettings Settings { get; }

    /// <summary>Settings for the owner of the tables, which is also the role of the test's connection.</summary>
    public EtlSettings Owner { get; }

    public NpgsqlConnection Connection { get; }

    /// <summary>The log lines of all engines of this database.</summary>
    public CapturedLog Log { get; } = new();

    public static async Task<EngineDatabase> OpenAsync(EtlSettings settings, EtlSettings owner, Func<Task> drop) =>
        new(settings, owner, await ConnectAsync(owner), drop);

    public EtlEngine Engine(Func<EtlSettings, EtlSettings>? change = null)
    {
        var engine = new EtlEngine(change?.Invoke(Settings) ?? Settings, Log);
        engines.Add(engine);
        return engine;
    }

    public Task<EtlStatus> RunAsync(StartRequest? request = null, Func<EtlSettings, EtlSettings>? change = null) =>
        Engine(change).RunAsync(request ?? new StartRequest(), null, CancellationToken.None);

    /// <summary>Makes a run that must succeed.</summary>
    public async Task<EtlStatus> CompleteAsync(StartRequest? request = null, Func<EtlSettings, EtlSettings>? change = null) =>
        (await RunAsync(request, change)).AssertCompleted();

    /// <summary>Opens another session that acts as the application.</summary>
    public Task<NpgsqlConnection> ConnectAsync() => ConnectAsync(Owner);

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Starts a statement on the test's connection.</summary>
    /// <returns>The task of the statement, once the statement has ended or waits for a lock.</returns>
    public async Task<Task<int>> StartAsync(string sql)
    {
        await using var watcher = await ConnectAsync();
        await using var waits = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM pg_locks WHERE pid = {Connection.ProcessID} AND NOT granted)", watcher);
        var running = ExecuteAsync(sql);
        while (!running.IsCompleted && !(bool)(await waits.ExecuteScalarAsync())!)
        {
            await Task.Delay(20);
        }

        return running;
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Returns the first row of a query as text.</summary>
    public async Task<string> TextAsync(string sql) => await ReadAsync<string>($"SELECT string_agg(q::text, chr(10)) FROM ({sql}) AS q");

    public async Task<DateTime> NowAsync() => await ReadAsync<DateTime>("SELECT clock_timestamp() AT TIME ZONE 'UTC'");

    public async Task<Window> WindowAsync()
    {
        var today = DateOnly.FromDateTime(await NowAsync());
        return new Window(today.AddYears(-Settings.LookbackYears), today.AddDays(Settings.LookaheadDays));
    }

    /// <summary>Waits until a condition holds in the database.</summary>
    public async Task UntilAsync(string condition)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(20))
        {
            if (await ReadAsync<bool>($"SELECT coalesce(({condition}), false)"))
            {
                return;
            }
        }

        Assert.Fail($"Waited in vain for: {condition}");
    }

    /// <summary>Waits until an engine of this database has logged a text.</summary>
    public async Task UntilSaidAsync(string text)
    {
        var until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until && !Log.Lines.Any(l => l.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(20);
        }

        Assert.Contains(Log.Lines, l => l.Contains(text, StringComparison.Ordinal));
    }

    public async Task CloseEnginesAsync()
    {
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }

        engines.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseEnginesAsync();
        await Connection.DisposeAsync();
        await drop();
    }

    public static async Task<NpgsqlConnection> ConnectAsync(EtlSettings settings)
    {
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host, Port = settings.Port, Database = settings.Database, Username = settings.User,
            Password = settings.Password,
            // Converting all tables takes time on a busy machine.
            Timezone = "UTC", Pooling = false, ApplicationName = "test", Timeout = 60, CommandTimeout = 300,
        };
        var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
