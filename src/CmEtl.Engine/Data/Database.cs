using System.Net;
using System.Security.Authentication;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Opens connections with fixed session settings (<see cref="SessionSettings"/>) and without values in error messages.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>Seconds that the client waits beyond the server's statement timeout before it treats the connection as lost.</summary>
    private const int PatienceSeconds = 15;

    /// <summary>
    /// Seconds of silence after which the client first probes the connection, and between probes. For the server's side see
    /// SessionSettings.
    /// </summary>
    private const int KeepAliveSeconds = 15;
    private const int KeepAliveIntervalSeconds = 5;

    private readonly EtlSettings _settings;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _tasks;

    /// <param name="settings">Settings of the connection.</param>
    /// <param name="password">Returns the password of every new connection; null to use the one of the settings.</param>
    public Database(EtlSettings settings, Func<CancellationToken, ValueTask<string>>? password = null)
    {
        if (settings.Database.Length == 0 || settings.User.Length == 0)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoDatabase, "The settings database and user are required to connect, and at least one of them is not set.",
                "Set POSTGRES_HOST, POSTGRES_DATABASE, POSTGRES_USER and POSTGRES_PASSWORD.") { Subject = "database" };
        }

        DriverEnvironment.Check(settings, ParseSslMode(settings), settings.Password is not null || password is not null,
            Environment.GetEnvironmentVariable);
        _settings = settings;
        _source = Build(settings, settings.ChunkTimeoutSeconds, pooled: true, password);
        // These connections are few and used for long. Pooling would keep an idle one from the workers when the server has few connections.
        _tasks = Build(settings, settings.TaskTimeoutSeconds, pooled: false, password);
    }

    /// <summary>Opens a connection for statements that take no longer than those of a chunk.</summary>
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
            // Also after a cancel: a connection that is not returned stays open after the engine is disposed.
            await connection.DisposeAsync();
            if (error is not NpgsqlException { InnerException: not TimeoutException } || cancel.IsCancellationRequested)
            {
                throw;
            }

            // The pool does not notice when the server ends an idle session (idle_session_timeout, an administrator, a restart).
            Forget();
            return await OpenAsync(_source, cancel);
        }
    }

    /// <summary>
    /// Opens a connection for Task 01, planning and the single chunk of a sequential run, whose statements may take as long as a task.
    /// </summary>
    public Task<NpgsqlConnection> OpenForTaskAsync(CancellationToken cancel) => OpenAsync(_tasks, cancel);

    /// <summary>
    /// Closes the idle connections, and those in use when they are returned, because after a failover they lead to the old primary.
    /// </summary>
    public void Forget() => _source.Clear();

    /// <summary>Returns a connection that is not opened, to inspect its connection settings.</summary>
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
            // Messages with values would contain SSNs.
            IncludeErrorDetail = false,
            LogParameters = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = settings.ConnectTimeoutSeconds,
            // The server's limits apply first. The client's limit only catches a server that no longer answers.
            CommandTimeout = statementSeconds + PatienceSeconds,
            CancellationTimeout = 2_000,
            KeepAlive = 15,
            TcpKeepAlive = true,
            // A Unix socket does not support keepalives and does not need them.
            TcpKeepAliveTime = IsSocket(settings.Host) ? 0 : KeepAliveSeconds,
            TcpKeepAliveInterval = IsSocket(settings.Host) ? 0 : KeepAliveIntervalSeconds,
            Pooling = pooled,
            // Set-CmEtlRun may raise the number of workers. A pool opens connections only when they are used.
            MaxPoolSize = 108,
            MaxAutoPrepare = 0,
            // A reset would undo the settings of SessionSettings. A worker drops the temporary tables of the previous one itself.
            NoResetOnClose = true,
            ClientEncoding = "UTF8",
        };
        // Only the features in use, because the function is compiled ahead of time and the full builder keeps every type mapping.
        var slim = new NpgsqlSlimDataSourceBuilder(builder.ConnectionString).EnableTransportSecurity();
        slim.EnableIntegratedSecurity();
        slim.EnableArrays();
        // Only PostgreSQL's own types are used. Loading types would query the catalog before search_path is fixed.
        slim.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        slim.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException(), connection =>
                SessionSettings.PinAsync(connection, settings, statementSeconds, CancellationToken.None));
        if (password is not null)
        {
            // Not the periodic provider: its timer stops while the sandbox of a function is frozen, and the token would expire.
            slim.UsePasswordProvider(_ => throw new NotSupportedException(), (_, cancel) => password(cancel));
        }

        try
        {
            return slim.Build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidConnection, "The settings host, ssl_mode and root_certificate do not form a valid connection.",
                "Set host to a server's name or address, and port to its port.") { Subject = "host" };
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
            // The password could not be obtained. The driver only reports that the callback threw an exception.
            throw error.InnerException;
        }
        catch (NpgsqlException error) when (error.Message.StartsWith("No password has been provided", StringComparison.Ordinal))
        {
            // The driver offers no other sign of it. Without a SqlState it would be mistaken for a lost connection.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NoPassword, "The server requires a password and none is set.",
                "Set POSTGRES_PASSWORD or a password file.") { Subject = "password" };
        }
        catch (NpgsqlException error) when (error.InnerException is TimeoutException)
        {
            throw new CmEtlException(
                ErrorKind.Transient, ErrorIds.ConnectTimeout,
                $"Timed out after {_settings.ConnectTimeoutSeconds} s (connect_timeout_seconds) connecting to {_settings.Host}:{_settings.Port}.",
                "Check the host, the port and the network. To wait longer, raise connect_timeout_seconds.", ErrorClassifier.ConnectionLost)
            {
                Subject = "connect_timeout_seconds",
            };
        }
        catch (NpgsqlException error) when (
            error.InnerException is AuthenticationException || error.Message.StartsWith("SSL connection requested", StringComparison.Ordinal))
        {
            // Neither error has a SqlState, and retrying would not help.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.TlsFailed,
                error.InnerException is null ? "The server does not offer TLS, and ssl_mode requires it." : "The server's certificate does not satisfy ssl_mode.",
                (_settings.RootCertificate.Length == 0 && Environment.GetEnvironmentVariable("PGSSLROOTCERT") is { Length: > 0 }
                    ? "PGSSLROOTCERT is set, so only the authorities in its file are accepted. Unset or correct it. " : "")
                + "Set root_certificate to the file of the authority that signed the certificate, connect with the name in the certificate, or choose another ssl_mode: "
                + "CMETL_ROOT_CERTIFICATE and CMETL_SSL_MODE.") { Subject = "ssl_mode" };
        }
        catch (NpgsqlException error) when (error.Message.Contains("authentication method is not allowed", StringComparison.Ordinal))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidEnvironment, "The server requires an authentication method that PGREQUIREAUTH does not allow.",
                "Unset PGREQUIREAUTH, or add the method that pg_hba.conf requires.") { Subject = "PGREQUIREAUTH" };
        }
        catch (PostgresException error) when (
            error.SqlState == PostgresErrorCodes.ProtocolViolation && error.MessageText.StartsWith("unsupported startup parameter", StringComparison.Ordinal))
        {
            // The text is PgBouncer's. It uses the same code when the server is unavailable, and CmEtl waits in that case.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.Postgres + error.SqlState,
                $"{_settings.Host}:{_settings.Port} is a connection pooler that rejects a startup parameter of the session.",
                "Unset PGOPTIONS if it is set, or add options to the pooler's ignore_startup_parameters. CmEtl verifies that its settings are in force.",
                error.SqlState) { Subject = "host" };
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidEnvironment, "The driver refused a PG* variable, a certificate or the password file.",
                "Check the variables whose names begin with PG, and the files ~/.pgpass and ~/.postgresql.") { Subject = "host" };
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // The time zone is the only value that a server may not know. The others are numbers within their ranges.
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidTimeZone, "The server does not know the time zone in session_time_zone.",
                "Set it to a name from pg_timezone_names, such as UTC or America/New_York.", error.SqlState) { Subject = "session_time_zone" };
        }
    }

    /// <summary>Runs one statement on a connection of its own. <paramref name="read"/> reads the columns of a row.</summary>
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
