using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// While the gate is closed, the updating transaction of a chunk waits just before its first row: its snapshot is taken, nothing is
/// written. Only statements that set UpdatedDate wait at the gate; marks and the application's own updates do not.
/// </summary>
public sealed class UpdateGate : IAsyncDisposable
{
    private readonly NpgsqlConnection holder;

    private UpdateGate(NpgsqlConnection holder) => this.holder = holder;

    public const string Waiting =
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";

    /// <summary>Closes it for every update.</summary>
    public static Task<UpdateGate> CloseAsync(EngineDatabase database) => CloseAsync(database, "gate", 4711, "true");

    /// <summary>Closes another, behind which only updates stand still that come when a query returns true.</summary>
    public static Task<UpdateGate> CloseAsync(EngineDatabase database, string query) => CloseAsync(database, "late_gate", 4714, query);

    private static async Task<UpdateGate> CloseAsync(EngineDatabase database, string name, int key, string query)
    {
        await database.ExecuteAsync(
            $"""
            CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF ({query}) THEN PERFORM pg_advisory_xact_lock_shared({key}); END IF; RETURN NULL; END $$;
            CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps
            FOR EACH STATEMENT EXECUTE FUNCTION public.{name}();
            """);
        var holder = await database.ConnectAsync();
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({key})", holder);
        await command.ExecuteNonQueryAsync();
        return new UpdateGate(holder);
    }

    /// <summary>Opens the gate.</summary>
    public ValueTask DisposeAsync() => holder.DisposeAsync();
}
