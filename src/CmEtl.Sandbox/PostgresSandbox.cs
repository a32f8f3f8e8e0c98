namespace CmEtl.Sandbox;

/// <summary>A private, throw-away PostgreSQL with both schemas.</summary>
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

    /// <summary>Starts a server and fills it.</summary>
    public static Task<PostgresSandbox> StartAsync(SandboxOptions options, IProgress<string>? progress, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Stops the server whose folder this is and deletes the folder. Does nothing harmful to a folder that is no sandbox.</summary>
    public static Task RemoveAsync(string path, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Stops the server and deletes its folder.</summary>
    public async ValueTask DisposeAsync() => await RemoveAsync(Path, CancellationToken.None);
}
