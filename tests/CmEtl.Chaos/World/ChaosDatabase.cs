using CmEtl.Engine;
using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Chaos.World;

/// <summary>
/// A small database with very many chunks, whose rows count their committed updates, and which can be reset to its initial state.
/// </summary>
internal sealed class ChaosDatabase : IAsyncDisposable
{
    private readonly PostgresSandbox _sandbox;
    private DateOnly _quietDay;

    private ChaosDatabase(PostgresSandbox sandbox)
    {
        _sandbox = sandbox;
        Server = new ServerControl(sandbox);
        Settings = new EtlSettings
        {
            Host = sandbox.Host, Port = sandbox.Port, Database = sandbox.Database, User = sandbox.User, Password = sandbox.Password,
            SslMode = "disable", TargetChunkSize = 2, MaxChunkSize = 2, MaxConcurrency = 2, LeaseSeconds = 1, LockTimeoutSeconds = 3,
            ChunkTimeoutSeconds = 5, TaskTimeoutSeconds = 10, RetryMaxAttempts = 20, RetryIntervalSeconds = 0.1, RetryBackoffRate = 1,
        };
    }

    /// <summary>Very small chunks, short leases, quick retries.</summary>
    public EtlSettings Settings { get; }

    public ServerControl Server { get; }

    /// <summary>Chunks of one run.</summary>
    public long Chunks { get; private set; }

    /// <param name="visits">There is about one row per two visits, and one chunk per two rows.</param>
    /// <param name="cancel">Stops the call.</param>
    public static async Task<ChaosDatabase> StartAsync(int visits, CancellationToken cancel)
    {
        var database = new ChaosDatabase(await PostgresSandbox.StartAsync(new SandboxOptions { Visits = visits }, null, cancel));
        try
        {
            await database.PrepareAsync(cancel);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Restores the rows, empties the ledger and makes a run without faults as a reference, because a run's window depends on the date.
    /// </summary>
    public async Task RestoreAsync(CancellationToken cancel)
    {
        await ExecuteAsync(Restore, cancel);
        var today = await ReadAsync<DateOnly>("SELECT current_date", cancel);
        if (_quietDay != today)
        {
            await using var engine = new EtlEngine(Settings, NullLoggerFactory.Instance);
            Chunks = (await engine.RunAsync(new StartRequest(), null, cancel)).ChunksTotal;
            await ExecuteAsync(RememberQuietRun, cancel);
            await ExecuteAsync(Restore, cancel);
            _quietDay = today;
        }
    }

    public async Task<Verdict> JudgeAsync(CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        return (await connection.QueryAsync(Judge, r => new Verdict
        {
            Rows = r.Get<long>("rows"), Lost = r.Get<long>("lost"), Doubled = r.Get<long>("doubled"),
            Unaccounted = r.Get<long>("unaccounted") + r.Get<long>("miscounted"), MarkedTwice = r.Get<long>("marked_twice"),
            Different = r.Get<long>("different"),
        }, cancel)).Single();
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancel, params (string, object?)[] parameters)
    {
        await using var connection = await ConnectAsync(cancel);
        await connection.ExecuteAsync(sql, cancel, parameters);
    }

    public async Task<T> ReadAsync<T>(string sql, CancellationToken cancel)
    {
        await using var connection = await ConnectAsync(cancel);
        return (await connection.QueryAsync(sql, r => r.GetFieldValue<T>(0), cancel)).Single();
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private async Task PrepareAsync(CancellationToken cancel)
    {
        await using var engine = new EtlEngine(Settings, NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, cancel);
        // A confirmed commit must survive the server.
        await ExecuteAsync("ALTER SYSTEM SET synchronous_commit = on", cancel);
        await ExecuteAsync("SELECT pg_reload_conf()", cancel);
        await ExecuteAsync(CountEffects, cancel);
        await RestoreAsync(cancel);
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = _sandbox.Host, Port = _sandbox.Port, Database = _sandbox.Database, Username = _sandbox.User,
            Password = _sandbox.Password,
            Pooling = false, Timezone = "UTC", ApplicationName = "chaos",
        }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    private const string Restore =
        """
        TRUNCATE conflict.conflictvisitmaps, cm_etl.run, cm_etl.event, chaos.effect, chaos.done CASCADE;
        INSERT INTO conflict.conflictvisitmaps SELECT * FROM chaos.start;
        """;

    private const string CountEffects =
        """
        CREATE SCHEMA chaos;
        CREATE TABLE chaos.start AS TABLE conflict.conflictvisitmaps;
        CREATE TABLE chaos.effect (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), id text NOT NULL, confirmed boolean NOT NULL);
        CREATE TABLE chaos.done (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), rows_confirmed bigint NOT NULL);

        CREATE FUNCTION chaos.count_effect() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
             INSERT INTO chaos.effect (id, confirmed) VALUES (NEW."ID", NEW."UpdatedDate" IS DISTINCT FROM OLD."UpdatedDate");
             RETURN NULL;
           END $$;
        CREATE TRIGGER count_effect AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH ROW EXECUTE FUNCTION chaos.count_effect();

        CREATE FUNCTION chaos.count_done() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO chaos.done (rows_confirmed) VALUES (NEW.rows_confirmed); RETURN NULL; END $$;
        CREATE TRIGGER count_done AFTER UPDATE OF state ON cm_etl.chunk
        FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION chaos.count_done();
        """;

    private const string RememberQuietRun =
        """
        DROP TABLE IF EXISTS chaos.quiet;
        CREATE TABLE chaos.quiet AS
        SELECT c."ID"::text AS id, md5((to_jsonb(c) - 'UpdatedDate')::text) AS content,
               EXISTS (SELECT FROM chaos.effect AS e WHERE e.confirmed AND e.id = c."ID"::text) AS confirmed
          FROM conflict.conflictvisitmaps AS c;
        """;

    private const string Judge =
        """
        WITH counted AS (
          SELECT id, count(*) FILTER (WHERE confirmed) AS confirms, count(*) FILTER (WHERE NOT confirmed) AS marks
            FROM chaos.effect GROUP BY id),
        written AS (
          SELECT d.xid, d.rows_confirmed, count(e.id) AS effects
            FROM chaos.done AS d LEFT JOIN chaos.effect AS e ON e.xid = d.xid AND e.confirmed GROUP BY d.xid, d.rows_confirmed)
        SELECT (SELECT count(*) FROM chaos.quiet WHERE confirmed) AS rows,
               (SELECT count(*) FROM chaos.quiet AS q WHERE q.confirmed
                   AND NOT EXISTS (SELECT FROM counted AS c WHERE c.id = q.id AND c.confirms > 0)) AS lost,
               (SELECT coalesce(sum(confirms - 1), 0)::bigint FROM counted WHERE confirms > 1) AS doubled,
               (SELECT count(*) FROM chaos.effect AS e WHERE e.confirmed AND NOT EXISTS (SELECT FROM written AS w WHERE w.xid = e.xid)) AS unaccounted,
               (SELECT coalesce(sum(abs(rows_confirmed - effects)), 0)::bigint FROM written) AS miscounted,
               (SELECT coalesce(sum(marks - 1), 0)::bigint FROM counted WHERE marks > 1) AS marked_twice,
               (SELECT count(*) FROM chaos.quiet AS q FULL JOIN conflict.conflictvisitmaps AS c ON c."ID"::text = q.id
                 WHERE q.content IS DISTINCT FROM md5((to_jsonb(c) - 'UpdatedDate')::text)) AS different
        """;
}
