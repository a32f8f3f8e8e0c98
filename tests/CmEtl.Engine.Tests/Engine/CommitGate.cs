using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>While the gate is closed, the first transaction that changes the ledger waits at its commit. All others pass.</summary>
internal sealed class CommitGate : IAsyncDisposable
{
    private const string Held = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 4712 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";

    private readonly EngineDatabase database;
    private NpgsqlConnection? holder;

    private CommitGate(EngineDatabase database) => this.database = database;

    public static async Task<CommitGate> CreateAsync(EngineDatabase database)
    {
        // Only the first session gets lock 4713. It then waits for lock 4712.
        await database.ExecuteAsync(
            """
            CREATE FUNCTION public.commit_gate() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
                 IF current_setting('application_name') = 'cm_etl' AND pg_try_advisory_xact_lock(4713) THEN PERFORM pg_advisory_xact_lock_shared(4712); END IF;
                 RETURN NULL;
               END $$;
            CREATE CONSTRAINT TRIGGER gate AFTER INSERT OR UPDATE ON cm_etl.run DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.commit_gate();
            CREATE CONSTRAINT TRIGGER gate AFTER INSERT OR UPDATE ON cm_etl.chunk DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.commit_gate();
            """);
        return new CommitGate(database);
    }

    public async Task CloseAsync()
    {
        holder = await database.ConnectAsync();
        await new NpgsqlCommand("SELECT pg_advisory_lock(4712)", holder).ExecuteNonQueryAsync();
    }

    public async Task OpenAsync()
    {
        await holder!.DisposeAsync();
        holder = null;
    }

    /// <summary>
    /// Waits until the first operation has reached the gate. An operation that changes nothing ends before it gets there.
    /// </summary>
    public async Task UntilHeldAsync(Task operation)
    {
        while (!operation.IsCompleted && !await database.ReadAsync<bool>(Held))
        {
            await Task.Delay(20);
        }
    }

    /// <summary>
    /// Waits until the second operation waits for a lock of the first, waits at the gate that the first did not reach, or has ended.
    /// </summary>
    public async Task UntilBlockedOrDoneAsync(Task first, Task operation)
    {
        while (!operation.IsCompleted && !await database.ReadAsync<bool>(
            $"SELECT count(*) > {(first.IsCompleted ? 0 : 1)} FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cm_etl' AND wait_event_type = 'Lock'"))
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (holder is not null)
        {
            await holder.DisposeAsync();
        }
    }
}
