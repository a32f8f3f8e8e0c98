using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Sandbox;

/// <summary>
/// The server of a sandbox. Its programs are short and are never interrupted, because an interrupted initdb or pg_ctl can leave child
/// processes that cannot be found. A finished one can be undone.
/// </summary>
internal sealed record SandboxServer(SandboxFolder Folder, PostgresPrograms Programs)
{
    public const string Host = "127.0.0.1";
    public const string User = "cmetl";
    public const string Database = "cmetl";

    private const int PortAttempts = 10;

    /// <summary>
    /// Durability is disabled for speed, because a crashed sandbox is deleted. Compiling a query costs more than running it on so few rows.
    /// The generator analyzes the tables, so autovacuum has little to do; with many databases it would start a process every second.
    /// Logs never show a row or a parameter.
    /// </summary>
    private const string Configuration = """

        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 100
        max_wal_size = 4GB
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        autovacuum_naptime = 10min
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_error_verbosity = terse
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0

        """;

    public string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>PostgreSQL's shared_buffers, in MB.</summary>
    public int SharedBuffers { get; init; } = new SandboxOptions().SharedBuffersMegabytes;

    public int Port { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => Folder.Root;

    /// <summary>Creates the data directory and starts the server. Returns when the server accepts connections.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await ServerAccount.GiveAsync(Folder.Root);
        await InitializeAsync();
        cancel.ThrowIfCancellationRequested();
        await File.AppendAllTextAsync(Path.Combine(Folder.Data, "postgresql.conf"), $"{Configuration}shared_buffers = {SharedBuffers}MB\n", cancel);
        await ListenAsync(cancel);
        await using var connection = await ConnectAsync("postgres", cancel);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Connects as the owner, without a pool, so that a removed sandbox leaves no broken connections.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string database, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Database = database,
            Username = User,
            Password = Password,
            Pooling = false,
            CommandTimeout = 0,
        }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>Stops the server of the folder immediately.</summary>
    public static async Task StopAsync(SandboxFolder folder)
    {
        using var server = folder.ServerProcess();
        if (server is null)
        {
            return;
        }

        // Without the programs, the shell sends the signal that pg_ctl sends. A server that is killed leaves its shared memory behind.
        var stop = folder.Programs() is { Complete: true } programs
            ? ServerAccount.Wrap(programs.PgCtl, "stop", "-s", "-w", "-t", "30", "-m", "immediate", "-D", folder.Data)
            : OperatingSystem.IsWindows() ? null : ServerAccount.Wrap("/bin/sh", "-c", $"kill -QUIT {server.Id}");
        if (stop is not null)
        {
            await ToolRun.StartAsync(stop, CancellationToken.None);
            // pg_ctl waits until the process file is deleted. The process itself ends a moment later.
            await Task.WhenAny(server.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(5)));
        }

        if (!server.HasExited)
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private async Task InitializeAsync()
    {
        PrivateFile.Write(Folder.PasswordFile, Password);
        try
        {
            await ServerAccount.GiveAsync(Folder.Root);
            var run = await InitDbAsync("C.UTF-8");
            if (run.ExitCode != 0)
            {
                // Only newer Linux systems have C.UTF-8; C sorts the same.
                run = await InitDbAsync("C");
            }

            if (run.ExitCode != 0)
            {
                throw StartFailed("initdb", run.Output);
            }
        }
        finally
        {
            File.Delete(Folder.PasswordFile);
        }
    }

    private Task<ToolRun> InitDbAsync(string locale) => ToolRun.StartAsync(
        ServerAccount.Wrap(Programs.InitDb, "-D", Folder.Data, "-U", User, "-E", "UTF8", "--locale", locale,
            "--auth", "scram-sha-256", "--pwfile", Folder.PasswordFile, "--no-sync"), CancellationToken.None);

    /// <summary>Starts the server of an existing data directory on a free port.</summary>
    public async Task ListenAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            cancel.ThrowIfCancellationRequested();
            Port = FreePort();
            File.Delete(Folder.Log);
            var run = await ToolRun.StartAsync(
                ServerAccount.Wrap(
                    Programs.PgCtl, "start", "-s", "-w", "-t", "60", "-D", Folder.Data, "-l", Folder.Log, "-o", $"-p {Port}"),
                CancellationToken.None);
            if (run.ExitCode == 0)
            {
                return;
            }

            // Another process can take the port between the check and the start of the server.
            if (attempt == PortAttempts || !Folder.LogTail().Contains("could not bind", StringComparison.Ordinal))
            {
                throw StartFailed("The server", $"{run.Output}{Environment.NewLine}{Folder.LogTail()}");
            }
        }
    }

    private CmEtlException StartFailed(string what, string output) => new(ErrorKind.Configuration, ErrorIds.SandboxStartFailed,
        $"{what} failed in {Folder.Root}: {output.Trim()}",
        "Correct the cause named above. The server's account must have access to the folder.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
