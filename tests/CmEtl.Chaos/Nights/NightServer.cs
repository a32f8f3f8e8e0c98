using CmEtl.Chaos.World;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Cases;
using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Chaos.Nights;

/// <summary>
/// One server for many worlds, with a template of their initial database: dimensions, an empty ledger, and a recorder of every write.
/// </summary>
internal sealed class NightServer : IAsyncDisposable
{
    public const string Analyze = "ANALYZE conflict.conflictvisitmaps, analytics.factvisitcallperformance_cr, analytics.dimcaregiver";

    private readonly PostgresSandbox _sandbox;
    private int _copies;

    private NightServer(PostgresSandbox sandbox)
    {
        _sandbox = sandbox;
        Control = new ServerControl(sandbox);
        // Small chunks, short leases and quick retries, so that a night takes less than a second.
        Settings = new EtlSettings
        {
            Host = sandbox.Host, Port = sandbox.Port, User = RoleScript.Worker, Password = RoleScript.Password, SslMode = "disable",
            TargetChunkSize = 4, MaxChunkSize = 6, MaxConcurrency = 2, LeaseSeconds = 1, LockTimeoutSeconds = 2, ChunkTimeoutSeconds = 3,
            TaskTimeoutSeconds = 5, RetryMaxAttempts = 6, RetryIntervalSeconds = 0.02, RetryBackoffRate = 1.5, PressureIntervalSeconds = 1,
            // One row of thirty is three percent. What is a sign of trouble in a large table happens by chance here.
            MaxUnconfirmedGrowth = 20,
        };
    }

    public EtlSettings Settings { get; }

    public ServerControl Control { get; }

    public static async Task<NightServer> StartAsync()
    {
        var server = new NightServer(await PostgresSandbox.StartAsync(new SandboxOptions { Visits = 0 }, null, CancellationToken.None));
        try
        {
            await server.PrepareAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a copy of the template.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CopyAsync()
    {
        var name = $"world_{Interlocked.Increment(ref _copies)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {_sandbox.Database}");
        return name;
    }

    public Task DropAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    public async Task<NpgsqlConnection> ConnectAsync(string database, string application, string zone)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = _sandbox.Host, Port = _sandbox.Port, Database = database, Username = _sandbox.User, Password = _sandbox.Password,
            Pooling = false, Timezone = zone, ApplicationName = application,
            // The session settings of the application and the loader are fixed, so that changes that a night makes to databases and roles
            // do not affect them.
            Options = "-c lock_timeout=3s -c default_transaction_read_only=off -c search_path=public -c session_replication_role=origin "
                + "-c default_transaction_isolation=read\\ committed -c standard_conforming_strings=on -c row_security=on -c statement_timeout=20s "
                + "-c quote_all_identifiers=off -c DateStyle=ISO -c IntervalStyle=postgres -c extra_float_digits=1 -c transform_null_equals=off -c idle_in_transaction_session_timeout=0 "
                + "-c idle_session_timeout=0 -c enable_seqscan=on -c enable_tidscan=on -c default_transaction_deferrable=off",
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync("postgres", "owner", "UTC");
        await connection.ExecuteAsync(sql, default);
    }

    private async Task PrepareAsync()
    {
        await using (
            var engine =
            new EtlEngine(
            Settings with { Database = _sandbox.Database, User = _sandbox.User, Password = _sandbox.Password }, NullLoggerFactory.Instance))
        {
            await engine.InitializeAsync(indexes: true, CancellationToken.None);
        }

        await using var connection = await ConnectAsync(_sandbox.Database, "world", "UTC");
        // A confirmed commit must survive a server that is killed.
        await connection.ExecuteAsync("ALTER SYSTEM SET synchronous_commit = on", default);
        await connection.ExecuteAsync("SELECT pg_reload_conf()", default);
        await ScenarioBuilder.CreateAsync(connection);
        await connection.ExecuteAsync(Dimensions, default, ("persons", WorldDatabase.Persons));
        await connection.ExecuteAsync(Recorder, default);
        await RoleScript.CreateWorkerAsync(connection);
    }

    private const string Dimensions =
        """
        INSERT INTO analytics.dimcaregiver ("Caregiver Id", "Application Caregiver Id", "Caregiver Code", "Caregiver Firstname", "Caregiver Lastname", "Caregiver Fullname", "SSN", "Status")
        SELECT format('Caregiver-%s-%s', s, p), s, 'AIDE', 'Ann', 'Aide', format('Ann %s Aide', p), '000-00-000' || p, 'Active'
          FROM generate_series(1, 2) AS s, generate_series(1, @persons) AS p;
        INSERT INTO analytics.dimprovider ("Provider Id", "Application Provider Id", "Provider Name", "Address State", "Federal Tax Number", "Is Active", "Is Demo")
        SELECT format('Provider-%s-%s', s, p), s, format('Provider %s %s', s, p), 'NY', 'TAX', true, false
          FROM generate_series(1, 2) AS s, generate_series(0, 2) AS p;
        """;

    /// <summary>
    /// Records every write to a pair, its author and the row before. It is a statement trigger, because a row trigger would make the engine
    /// count differently.
    /// </summary>
    private const string Recorder =
        """
        CREATE SCHEMA chaos;
        CREATE TABLE chaos.history (
          seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
          by text NOT NULL DEFAULT current_setting('application_name'), id text NOT NULL, old jsonb, new jsonb);
        CREATE FUNCTION chaos.record_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
        $$ BEGIN INSERT INTO chaos.history (id, new) SELECT n."ID", to_jsonb(n) FROM after_it AS n; RETURN NULL; END $$;
        CREATE FUNCTION chaos.record_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
        $$ BEGIN INSERT INTO chaos.history (id, old, new) SELECT n."ID", to_jsonb(o), to_jsonb(n) FROM before_it AS o JOIN after_it AS n ON n."ID" = o."ID"; RETURN NULL; END $$;
        CREATE FUNCTION chaos.record_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS
        $$ BEGIN INSERT INTO chaos.history (id, old) SELECT o."ID", to_jsonb(o) FROM before_it AS o; RETURN NULL; END $$;
        CREATE PROCEDURE chaos.record() LANGUAGE sql AS $$
          CREATE TRIGGER record_insert AFTER INSERT ON conflict.conflictvisitmaps REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION chaos.record_insert();
          CREATE TRIGGER record_update AFTER UPDATE ON conflict.conflictvisitmaps REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
          FOR EACH STATEMENT EXECUTE FUNCTION chaos.record_update();
          CREATE TRIGGER record_delete AFTER DELETE ON conflict.conflictvisitmaps REFERENCING OLD TABLE AS before_it FOR EACH STATEMENT EXECUTE FUNCTION chaos.record_delete();
          ALTER TABLE conflict.conflictvisitmaps ENABLE ALWAYS TRIGGER record_insert, ENABLE ALWAYS TRIGGER record_update, ENABLE ALWAYS TRIGGER record_delete;
        $$;
        CALL chaos.record();
        """;
}
