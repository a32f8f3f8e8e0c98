using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Sandbox;

/// <summary>A private, temporary PostgreSQL server with both schemas.</summary>
public sealed class PostgresSandbox : IAsyncDisposable
{
    /// <summary>Folder of the data directory.</summary>
    public required string Path { get; init; }

    /// <summary>Loopback address.</summary>
    public required string Host { get; init; }

    /// <summary>Random free port.</summary>
    public required int Port { get; init; }

    /// <summary>Database name.</summary>
    public required string Database { get; init; }

    /// <summary>Owner of everything in the database.</summary>
    public required string User { get; init; }

    /// <summary>Random password.</summary>
    public required string Password { get; init; }

    /// <summary>Rows in conflictvisitmaps after generation.</summary>
    public long ConflictRows { get; init; }

    /// <summary>Rows in the visit fact after generation.</summary>
    public long Visits { get; init; }

    /// <summary>Canceled when the process ends, before its sandboxes are removed. Work on a sandbox registers here to stop.</summary>
    public static CancellationToken ProcessEnding => ExitCleaner.Ending;

    /// <summary>Starts a server and fills it.</summary>
    public static async Task<PostgresSandbox> StartAsync(SandboxOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Visits < 0)
        {
            throw new CmEtlException(ErrorKind.Configuration, ErrorIds.VisitsNegative, $"Visits is {options.Visits}. It must be 0 or greater.", "Set Visits to 0 or greater.");
        }

        var programs = await new PostgresFinder().FindAsync(options.PostgresBin, progress, cancel);
        cancel.ThrowIfCancellationRequested();
        await SandboxRegistry.RemoveOrphansAsync();
        var folder = SandboxFolder.Create(options.Path, programs);
        var start = ExitCleaner.Add(folder.Root);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, ExitCleaner.Ending);
        try
        {
            var sandbox = await FillAsync(new SandboxServer(folder, programs) { SharedBuffers = options.SharedBuffersMegabytes }, options, progress, stop.Token);
            if (options.Persist)
            {
                ExitCleaner.Forget(folder.Root);
            }

            return sandbox;
        }
        catch
        {
            await RemoveAsync(folder.Root, CancellationToken.None);
            throw;
        }
        finally
        {
            start.SetResult();
        }
    }

    /// <summary>
    /// Stops the server of the folder and deletes the folder. Fails without changes if the folder is not a sandbox.
    /// </summary>
    public static async Task RemoveAsync(string path, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        cancel.ThrowIfCancellationRequested();
        if (SandboxFolder.Open(path) is { } folder)
        {
            await SandboxServer.StopAsync(folder);
            folder.Delete();
            ExitCleaner.Forget(folder.Root);
        }
    }

    /// <summary>Stops the server and deletes its folder.</summary>
    public async ValueTask DisposeAsync() => await RemoveAsync(Path, CancellationToken.None);

    private static async Task<PostgresSandbox> FillAsync(
        SandboxServer server, SandboxOptions options, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report($"Starting PostgreSQL from {server.Programs.Folder}");
        await server.StartAsync(cancel);
        if (options.Persist)
        {
            PrivateFile.Write(server.Folder.PgPass, $"{SandboxServer.Host}:{server.Port}:*:{SandboxServer.User}:{server.Password}\n");
        }

        await using var connection = await server.ConnectAsync(SandboxServer.Database, cancel);
        await SandboxSql.CreateSchemasAsync(connection, progress, cancel);
        if (options.Visits > 0)
        {
            await SandboxSql.GenerateAsync(connection, options.Visits, options.Seed, progress, cancel);
        }

        return new()
        {
            Path = server.Folder.Root,
            Host = SandboxServer.Host,
            Port = server.Port,
            Database = SandboxServer.Database,
            User = SandboxServer.User,
            Password = server.Password,
            ConflictRows = await CountAsync(connection, "conflict.conflictvisitmaps", cancel),
            Visits = await CountAsync(connection, "analytics.factvisitcallperformance_cr", cancel),
        };
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
