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

    public static async Task<UpdateGate> CloseAsync(EngineDatabase database)
    {
        await database.ExecuteAsync(
            """
            CREATE OR REPLACE FUNCTION public.gate() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NULL; END $$;
            CREATE OR REPLACE TRIGGER gate BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps
            FOR EACH STATEMENT EXECUTE FUNCTION public.gate();
            """);
        var holder = await database.ConnectAsync();
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(4711)", holder);
        await command.ExecuteNonQueryAsync();
        return new UpdateGate(holder);
    }

    /// <summary>Opens the gate.</summary>
    public ValueTask DisposeAsync() => holder.DisposeAsync();
}
