using CmEtl.Engine.Tests.Model;
using Npgsql;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>The database of one test or fixture, and one open connection in UTC.</summary>
public sealed class SandboxDatabase(NpgsqlConnection connection, Func<Task> drop) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

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
        await drop();
    }
}
