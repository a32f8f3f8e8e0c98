using System.Text.Json;
using CmEtl.AwsBench;
using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Lambda.Tests;

/// <summary>A copy of the data and a function on it. On disposal it searches all output of the function for secrets.</summary>
internal sealed class World : IAsyncDisposable
{
    private World(DataServer server, string database, LambdaHost host)
    {
        Server = server;
        Database = database;
        Host = host;
        Data = server.Open(database);
    }

    public DataServer Server { get; }

    public string Database { get; }

    public LambdaHost Host { get; }

    public NpgsqlDataSource Data { get; }

    public static async Task<World> StartAsync(
        DataServer server, int timeoutSeconds = 60, int concurrency = 10, params (string Name, string Value)[] environment)
    {
        var database = await server.CopyAsync();
        var variables = server.Environment(database);
        variables["CMETL_DEADLINE_MARGIN_SECONDS"] = "2";
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return new World(server, database, new LambdaHost(new LambdaOptions
        {
            ZipFile = FunctionPackage.Zip, Environment = variables, Timeout = TimeSpan.FromSeconds(timeoutSeconds),
            Concurrency = concurrency,
        }));
    }

    /// <summary>An engine on the same data, as in an operator's shell.</summary>
    public EtlEngine Engine() => new(Server.Settings(Database), NullLoggerFactory.Instance);

    /// <summary>Invokes the function and expects a reply.</summary>
    public async Task<JsonElement> CallAsync(object payload)
    {
        var result = await Host.InvokeAsync(payload);
        Assert.True(result.FunctionError is null, result.Text);
        Assert.Equal("success", result.Json.GetProperty("status").GetString());
        return result.Json;
    }

    /// <summary>Invokes the function and expects an error of this type.</summary>
    /// <returns>Its message.</returns>
    public async Task<string> FailAsync(string type, object payload) => Message(type, await Host.InvokeAsync(payload));

    public static string Message(string type, InvokeResult result)
    {
        Assert.True(result.FunctionError == "Unhandled", result.Text);
        Assert.Equal((type, ""),
            (result.Json.GetProperty("errorType").GetString(),
            type == result.Json.GetProperty("errorType").GetString() ? "" : result.Text));
        return result.Json.GetProperty("errorMessage").GetString()!;
    }

    /// <summary>Begins a run, executes Task 01 and plans.</summary>
    /// <returns>The chunks.</returns>
    public async Task<int[]> PrepareAsync(string run)
    {
        await CallAsync(new { action = "validate_config", run_id = run });
        await CallAsync(new { action = "task_01", run_id = run });
        return await ChunksAsync(run);
    }

    public async Task<int[]> ChunksAsync(string run) =>
        [.. (await CallAsync(new { action = "get_task02_chunks", run_id = run })).GetProperty("chunk_ids").EnumerateArray().Select(c => c.GetInt32())];

    public Task<JsonElement> ChunkAsync(string run, int chunk) => CallAsync(new { action = "process_task02_chunk", run_id = run, chunk_id = chunk });

    /// <summary>The content of the conflict table, without the time of the update.</summary>
    public Task<List<string>> TableAsync() => TableAsync(Data);

    public static Task<List<string>> TableAsync(NpgsqlDataSource data) => DataServer.ReadAsync<string>(
        data, """SELECT (to_jsonb(c) - 'UpdatedDate' || jsonb_build_object('updated', c."UpdatedDate" IS NULL))::text FROM conflict.conflictvisitmaps AS c ORDER BY c."ID" """);

    /// <summary>Prevents writes to all conflict rows until disposed.</summary>
    public async Task<NpgsqlConnection> BlockAsync()
    {
        var connection = await Data.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE conflict.conflictvisitmaps IN EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>From now on records every updated row, in the transaction of the update.</summary>
    public async Task CountUpdatesAsync()
    {
        await using var command = Data.CreateCommand("""
            CREATE TABLE effect (id bigint);
            CREATE FUNCTION effect() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO public.effect VALUES (NEW."ID"); RETURN NULL; END';
            CREATE TRIGGER effect AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH ROW
              WHEN (NEW."UpdatedDate" IS DISTINCT FROM OLD."UpdatedDate") EXECUTE FUNCTION effect()
            """);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> UpdatesAsync() => (await DataServer.ReadAsync<long>(Data, "SELECT count(*) FROM effect")).Single();

    public async Task<long> DoubledAsync() => (await DataServer.ReadAsync<long>(Data, "SELECT count(*) - count(DISTINCT id) FROM effect")).Single();

    /// <summary>Waits until this many sessions of the function wait for the blocked rows.</summary>
    public async Task WaitForBlockedAsync(int sessions = 1)
    {
        var until = DateTime.UtcNow.AddMinutes(1);
        while ((await BlockedAsync()) != sessions)
        {
            Assert.True(DateTime.UtcNow < until, "No session of the function waits for the lock.");
            await Task.Delay(50);
        }
    }

    /// <summary>Waits until every lease in the ledger has expired, so that abandoned work can be taken over.</summary>
    public async Task WaitForLeasesAsync()
    {
        var until = DateTime.UtcNow.AddMinutes(1);
        while ((await DataServer.ReadAsync<bool>(Data, """
            SELECT EXISTS (SELECT FROM cm_etl.run WHERE state = 'running' AND lease_until > clock_timestamp())
                OR EXISTS (SELECT FROM cm_etl.chunk WHERE state = 'processing' AND lease_until > clock_timestamp())
            """)).Single())
        {
            Assert.True(DateTime.UtcNow < until, "A lease is still valid after a minute.");
            await Task.Delay(50);
        }
    }

    public async Task<long> BlockedAsync() => (await DataServer.ReadAsync<long>(Data, """
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cm_etl' AND wait_event_type = 'Lock'
        """)).Single();

    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        await Data.DisposeAsync();
        Secrets.AssertAbsent(Server, [.. Host.Log, .. Host.Results.Select(r => r.Text)]);
    }
}
