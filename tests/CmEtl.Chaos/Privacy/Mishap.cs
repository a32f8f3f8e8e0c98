using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.Privacy;

/// <summary>A failure during the processing of a chunk, and the text by which it shows in the ledger.</summary>
internal sealed class Mishap
{
    private const string Worker = EngineServer.Worker;

    /// <summary>The text in the reasons of the ledger.</summary>
    public required string Shows { get; init; }

    /// <summary>Statements before the run.</summary>
    public string Before { get; init; } = "";

    /// <summary>Statements while the first chunk waits at the gate; null leaves the gate open.</summary>
    public string? Meanwhile { get; init; }

    /// <summary>Whether the gate is opened only after the failure shows.</summary>
    public bool Waits { get; init; }

    public string After { get; init; } = "";

    public Func<EtlSettings, EtlSettings> Change { get; init; } = s => s;

    public static IEnumerable<Mishap> All { get; } =
    [
        // The server's own texts for these errors quote the row, its key or its value.
        new() { Shows = "SqlState 23514", Before = Trigger("""INSERT INTO public.refused VALUES (OLD."SSN", OLD."ID")"""), After = NoTrigger },
        new() { Shows = "SqlState 23505", Before = Trigger("""INSERT INTO public.refused SELECT OLD."SSN", -1 FROM generate_series(1, 2)"""), After = NoTrigger },
        new() { Shows = "SqlState 22P02", Before = Trigger("""PERFORM OLD."SSN"::uuid"""), After = NoTrigger },
        new() { Shows = "SqlState P0001", Before = Trigger("""RAISE EXCEPTION 'no % here', OLD."SSN" USING HINT = OLD."SSN" """), After = NoTrigger },
        new() { Shows = "SqlState 40P01", Before = Trigger("""RAISE EXCEPTION 'deadlock at %', OLD."SSN" USING ERRCODE = '40P01'"""), After = NoTrigger },
        new() { Shows = "SqlState 57014", Meanwhile = "SELECT", Waits = true, Change = s => s with { ChunkTimeoutSeconds = 1 } },
        new() { Shows = "SqlState 55P03", Meanwhile = "SELECT", Waits = true, Change = s => s with { LockTimeoutSeconds = 1 } },
        new() { Shows = "SqlState 40001", Meanwhile = """UPDATE conflict.conflictvisitmaps SET "ResolvedBy" = 'meanwhile'""" },
        new() { Shows = "SqlState 57P01", Meanwhile = $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory' AND usename = '{Worker}'" },
        new()
        {
            Shows = "SqlState 42501", Meanwhile = $"REVOKE UPDATE (\"UpdateFlag\") ON conflict.conflictvisitmaps FROM {Worker}",
            After = $"GRANT UPDATE (\"UpdateFlag\") ON conflict.conflictvisitmaps TO {Worker}",
        },
        new() { Shows = "is damaged: its chunks", Meanwhile = "UPDATE cm_etl.chunk SET to_ssn = to_ssn || 'x' WHERE chunk_id = 1" },
    ];

    private const string NoTrigger = "DROP FUNCTION public.refuse() CASCADE; DROP TABLE public.refused";

    /// <summary>Provokes the failure, requests its error by hand, and removes its cause.</summary>
    public async Task HappenAsync(EngineDatabase database, Listener listener, Func<EtlSettings, EtlSettings> change)
    {
        await ExecuteAsync(database, Before);
        var engine = database.Engine(s => Change(change(s)));
        Task<EtlStatus> running;
        if (Meanwhile is null)
        {
            running = engine.RunAsync(new StartRequest { New = true }, listener, default);
        }
        else
        {
            await using var gate = await UpdateGate.CloseAsync(database);
            running = engine.RunAsync(new StartRequest { New = true }, listener, default);
            await database.UntilAsync(UpdateGate.Waiting);
            await ExecuteAsync(database, Meanwhile);
            if (Waits)
            {
                await database.UntilAsync(Shown);
            }
        }

        listener.Report(await running);
        Assert.True(await database.ReadAsync<bool>($"SELECT {Shown}"), $"It does not show: {Shows}");
        foreach (var chunk in (await engine.GetChunksAsync(null, default)).Where(c => c.State != ChunkState.Done).Take(2))
        {
            listener.Tell(await Assert.ThrowsAsync<CmEtlException>(() => engine.ProcessChunkAsync(null, chunk.ChunkId, default)));
        }

        await ExecuteAsync(database, After);
    }

    private string Shown => $"EXISTS (SELECT FROM cm_etl.event WHERE reason LIKE '%{Shows}%')";

    private static string Trigger(string body) =>
        $"""
        CREATE TABLE public.refused (ssn text UNIQUE, id bigint CHECK (id < 0));
        CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN {body}; RETURN NEW; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps
        FOR EACH ROW WHEN (OLD."ID" % 1000 = 1 AND length(trim(OLD."SSN")) = 9) EXECUTE FUNCTION public.refuse();
        """;

    private static async Task ExecuteAsync(EngineDatabase database, string sql)
    {
        if (sql.Length > 0)
        {
            await database.ExecuteAsync(sql);
        }
    }
}
