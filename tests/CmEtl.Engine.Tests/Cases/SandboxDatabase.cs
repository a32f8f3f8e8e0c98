using CmEtl.Engine.Tests.Model;
using CmEtl.Sandbox;
using Npgsql;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>A temporary database and one open connection in UTC.</summary>
public sealed class SandboxDatabase : IAsyncDisposable
{
    private readonly PostgresSandbox sandbox;

    private SandboxDatabase(PostgresSandbox sandbox, NpgsqlConnection connection)
    {
        this.sandbox = sandbox;
        Connection = connection;
    }

    public NpgsqlConnection Connection { get; }

    public static async Task<SandboxDatabase> StartAsync(int visits)
    {
        var sandbox = await PostgresSandbox.StartAsync(new SandboxOptions { Visits = visits }, null, CancellationToken.None);
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = sandbox.Host,
            Port = sandbox.Port,
            Database = sandbox.Database,
            Username = sandbox.User,
            Password = sandbox.Password,
            Timezone = "UTC",
            PersistSecurityInfo = true,
        };
        var connection = new NpgsqlConnection(target.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return new SandboxDatabase(sandbox, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>The time of the database clock, in UTC.</summary>
    public async Task<DateTime> NowAsync()
    {
        await using var command = new NpgsqlCommand("SELECT clock_timestamp() AT TIME ZONE 'UTC'", Connection);
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The default window, around the database's current date.</summary>
    public async Task<Window> WindowAsync()
    {
        var today = DateOnly.FromDateTime(await NowAsync());
        return new Window(today.AddYears(-2), today.AddDays(30));
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await sandbox.DisposeAsync();
    }
}
