using System.Net;
using System.Security.Authentication;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Connections with everything the engine relies on fixed: <see cref="SessionSettings"/>, and no values in errors.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>By how much the client outwaits the server's limit of a statement before it takes the server for gone.</summary>
    private const int PatienceSeconds = 15;

    /// <summary>
    /// When a silent server is asked for the first time whether it is still there, and how often. The server's side is in SessionSettings.
    /// </summary>
    private const int KeepAliveSeconds = 15;
    private const int KeepAliveIntervalSeconds = 5;

    private readonly EtlSettings _settings;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _tasks;

    /// <param name="settings">Where to connect.</param>
    /// <param name="password">Asked for the password of every new connection; null takes the one of the settings.</param>
    public Database(EtlSettings settings, Func<CancellationToken, ValueTask<string>>? password = null)
    {
        if (settings.Database.Length == 0 || settings.User.Length == 0)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoDatabase, "No database is named: database and user are needed.",
                "Connect-CmDatabase with -HostName, -Database and -Credential does it for the session. Or set POSTGRES_HOST, POSTGRES_DATABASE, "
                + "POSTGRES_USER and POSTGRES_PASSWORD, or start a private one with New-CmSandbox.") { Subject = "database" };
        }

        DriverEnvironment.Check(settings, ParseSslMode(settings), settings.Password is not null || password is not null,
            Environment.GetEnvironmentVariable);
        _settings = settings;
        _source = Build(settings, settings.ChunkTimeoutSeconds, pooled: true, password);
        // Few and long: an idle one would keep a connection from the workers where the server has few to give.
        _tasks = Build(settings, settings.TaskTimeoutSeconds, pooled: false, password);
    }

    /// <summary>A connection for statements that take no longer than a chunk's.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = await OpenAsync(_source, cancel);
        try
        {
            await connection.ExecuteAsync(SqlLibrary.File("checks/alive"), cancel);
            return connection;
        }
        catch (Exception error)
        {
            // Also when canceled: a connection that is not given back stays open after the engine is disposed.
            await connection.DisposeAsync();
            if (error is not NpgsqlException { InnerException: not TimeoutException } || cancel.IsCancellationRequested)
            {
                throw;
            }

            // The pool cannot know that the server ended an idle session: idle_session_timeout, an administrator, a restart.
            Forget();
            return await OpenAsync(_source, cancel);
        }
    }

    /// <summary>
    /// A connection for Task 01, planning and a sequential run's only chunk, whose statements may take as long as a task.
    /// </summary>
    public Task<NpgsqlConnection> OpenForTaskAsync(CancellationToken cancel) => OpenAsync(_tasks, cancel);

    /// <summary>
    /// Closes the idle connections, and those in use when they are given back: a failover leaves them at the old primary.
    /// </summary>
    public void Forget() => _source.Clear();

    /// <summary>A connection that is not open: for a look at how it would be opened.</summary>
    public NpgsqlConnection CreateConnection() => _source.CreateConnection();

    private static NpgsqlDataSource Build(
        EtlSettings settings, int statementSeconds, bool pooled, Func<CancellationToken, ValueTask<string>>? password)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host,
            Port = settings.Port,
            Database = settings.Database,
            Username = settings.User,
            Password = password is null ? settings.Password : null,
            ApplicationName = "cm_etl",
            Timezone = settings.SessionTimeZone,
            SslMode = ParseSslMode(settings),
            RootCertificate = settings.RootCertificate.Length == 0 ? null : settings.RootCertificate,
            // Values in messages would be SSNs.
            IncludeErrorDetail = false,
            LogParameters = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = settings.ConnectTimeoutSeconds,
            // The server's limits decide; the client's only catches a server that no longer answers.
            CommandTimeout = statementSeconds + PatienceSeconds,
            CancellationTimeout = 2_000,
            KeepAlive = 15,
            TcpKeepAlive = true,
            // A Unix socket refuses these, and needs them not.
            TcpKeepAliveTime = IsSocket(settings.Host) ? 0 : KeepAliveSeconds,
            TcpKeepAliveInterval = IsSocket(settings.Host) ? 0 : KeepAliveIntervalSeconds,
            Pooling = pooled,
            // Set-CmEtlRun may raise the number of workers; a pool only opens what is used.
            MaxPoolSize = 108,
            MaxAutoPrepare = 0,
            // Resetting a session would undo what SessionSettings has set; a worker drops the temporary tables of the one before.
            NoResetOnClose = true,
            ClientEncoding = "UTF8",
        };
        // Only what is used: the function is compiled ahead of time, and the full builder keeps every type mapping alive.
        var slim = new NpgsqlSlimDataSourceBuilder(builder.ConnectionString).EnableTransportSecurity();
        slim.EnableIntegratedSecurity();
        slim.EnableArrays();
        // The types are PostgreSQL's own. Reading them from the catalog would be a query before search_path is fixed.
        slim.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        slim.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException(), connection =>
                SessionSettings.PinAsync(connection, settings, statementSeconds, CancellationToken.None));
        if (password is not null)
        {
            // Not the periodic provider: its timer stands still while a function's sandbox is frozen, and the token would be stale.
            slim.UsePasswordProvider(_ => throw new NotSupportedException(), (_, cancel) => password(cancel));
        }

        try
        {
            return slim.Build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidConnection, "No connection can be made of host, ssl_mode and root_certificate as they are.",
                "Give a server's name or address in host, and its port in port.") { Subject = "host" };
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (NpgsqlException error) when (error.InnerException is CmEtlException)
        {
            // The password could not be had; the driver only says that somebody's callback threw.
            throw error.InnerException;
        }
        catch (NpgsqlException error) when (error.Message.StartsWith("No password has been provided", StringComparison.Ordinal))
        {
            // The driver has no other sign for it, and as an error without a SqlState it would look like a lost connection.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoPassword, "The server wants a password and none is set.",
                "Give -Credential, or set POSTGRES_PASSWORD or a password file.") { Subject = "password" };
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            throw new CmEtlException(
                ErrorKind.Transient, ErrorIds.ConnectTimeout,
                $"{_settings.Host}:{_settings.Port} let nobody in within {_settings.ConnectTimeoutSeconds} s, which is connect_timeout_seconds.",
                "Check host, port and the network's way there, or allow more with -ConnectTimeoutSeconds.", ErrorClassifier.ConnectionLost)
            {
                Subject = "connect_timeout_seconds",
            };
        }
        catch (NpgsqlException error) when (
            error.InnerException is AuthenticationException || error.Message.StartsWith("SSL connection requested", StringComparison.Ordinal))
        {
            // Neither has a SqlState, and trying again would not help.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.TlsFailed,
                error.InnerException is null ? "The server offers no TLS, and ssl_mode demands it." : "The server's certificate is not one that ssl_mode accepts.",
                (_settings.RootCertificate.Length == 0 && Environment.GetEnvironmentVariable("PGSSLROOTCERT") is { Length: > 0 }
                    ? "PGSSLROOTCERT is set, so only the authorities in its file are accepted: unset or correct it. " : "")
                + "Set root_certificate to the file of the authority that signed it, connect by the name in the certificate, or choose another ssl_mode: "
                + "CMETL_ROOT_CERTIFICATE and CMETL_SSL_MODE.") { Subject = "ssl_mode" };
        }
        catch (NpgsqlException error) when (error.Message.Contains("authentication method is not allowed", StringComparison.Ordinal))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidEnvironment, "The server asks for a way to authenticate that PGREQUIREAUTH does not allow.",
                "Unset PGREQUIREAUTH, or add the method that pg_hba.conf demands.") { Subject = "PGREQUIREAUTH" };
        }
        catch (PostgresException error) when (
            error.SqlState == PostgresErrorCodes.ProtocolViolation && error.MessageText.StartsWith("unsupported startup parameter", StringComparison.Ordinal))
        {
            // PgBouncer's words. It has the same code for a server that is away, and that is waited for.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.Postgres + error.SqlState,
                $"{_settings.Host}:{_settings.Port} is a connection pooler that rejects how the session is started.",
                "Unset PGOPTIONS if it is set, or add options to the pooler's ignore_startup_parameters; CmEtl checks that its settings are in force.",
                error.SqlState) { Subject = "host" };
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidEnvironment, "The driver refused a PG* variable, a certificate or the password file.",
                "Look at the variables whose names begin with PG, and at ~/.pgpass and ~/.postgresql.") { Subject = "host" };
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // The only one a server may not know: the others are numbers in their ranges.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidTimeZone, "The server does not know the time zone that session_time_zone names.",
                "Name one of pg_timezone_names, such as UTC or America/New_York.", error.SqlState) { Subject = "session_time_zone" };
        }
    }

    /// <summary>One statement on a connection of its own; the row's columns are read by <paramref name="read"/>.</summary>
    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await OpenAsync(cancel);
        return await connection.QueryAsync(sql, read, cancel, parameters);
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel, params (string Name, object? Value)[] parameters)
    {
        await using var connection = await OpenAsync(cancel);
        return await connection.ExecuteAsync(sql, cancel, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _tasks.DisposeAsync();
    }

    private static SslMode ParseSslMode(EtlSettings settings) => settings.SslMode switch
    {
        "disable" => SslMode.Disable,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => IsLocal(settings.Host) ? SslMode.Prefer : SslMode.VerifyFull,
    };

    private static bool IsSocket(string host) => host.StartsWith('/');

    private static bool IsLocal(string host) =>
        host is "localhost" || IsSocket(host) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
