namespace CmEtl.Engine.Tests.Engine;

/// <summary>Hooks run, are recorded as events and limited in time, and each kind of failure has its defined effect.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class HookTests(EngineServer server) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cmetl-hooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Hooks_run_before_and_after_a_run_and_are_events_of_it()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"CREATE TABLE public.seen (what text, state text); GRANT INSERT ON public.seen TO {EngineServer.Worker}");
        var before = File("before.sql", "-- one; two\nINSERT INTO public.seen VALUES ('before;', :'state'); INSERT INTO public.seen SELECT $$a;b$$, run_id FROM :\"ledger\".run WHERE run_id = :'run_id'");
        var after = File("after.sql", "INSERT INTO public.seen VALUES ('after', :'state')");
        var command = Script("success.sh", $"echo \"$CMETL_HOOK_NAME $CMETL_HOOK_STATE $1\" > {folder}/told; echo secret");
        var run = await database.CompleteAsync(null, s => s with { BeforeRun = before, AfterSuccess = $"{command} \"two words\"", AfterRun = $"[\"{after}\", \"{after}\"]" });
        Assert.Equal(
            $"before;/running,a;b/{run.RunId},after/completed,after/completed", await database.ReadAsync<string>("SELECT string_agg(what || '/' || state, ',' ORDER BY ctid) FROM public.seen"));
        Assert.Equal("after_success completed two words", (await System.IO.File.ReadAllTextAsync($"{folder}/told")).Trim());
        Assert.Equal(
            ["before_run before.sql succeeded", "after_success success.sh succeeded", "after_run after.sql succeeded", "after_run after.sql succeeded"],
            (await EventsAsync(database, "hook ended")).Select(e => e.Split(',')[0]));
    }

    [Fact]
    public async Task A_hook_that_fails_before_a_run_ends_it_as_failed_and_resumable()
    {
        await using var database = await server.CopyAsync();
        var after = File("after.sql", "SELECT 1");
        var failed = await database.RunAsync(null, s => s with
        {
            BeforeRun = $"[\"{File("bad.sql", "SELECT 1; SELECT 1 / 0")}\", \"{after}\"]", AfterSuccess = after, AfterRun = after,
        });
        Assert.Equal((RunState.Failed, 0L), (failed.State, failed.ChunksTotal));
        Assert.StartsWith("The hook before_run bad.sql failed: statement 2: ", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("SqlState 22012", failed.Reason, StringComparison.Ordinal);
        // The second hook before the run and the hook after a success did not run.
        Assert.Equal(["after_run after.sql succeeded"], (await EventsAsync(database, "hook ended")).Select(e => e.Split(',')[0]));
        var resumed = await database.CompleteAsync();
        Assert.Equal((failed.RunId, ""), (resumed.RunId, resumed.HookFailure));
    }

    [Fact]
    public async Task A_hook_that_fails_after_a_run_leaves_its_result_and_is_an_error()
    {
        await using var database = await server.CopyAsync();
        var run = await database.RunAsync(null, s => s with { AfterSuccess = Script("bad.sh", "exit 3"), AfterRun = File("good.sql", "SELECT 1") });
        Assert.Equal((RunState.Completed, true), (run.State, run.SweepSafe));
        Assert.Equal("hook after_success bad.sh failed: exit code 3", run.HookFailure);
        Assert.Equal("HookFailed", RunEnd.ProblemOf(run)?.ErrorId);
        Assert.Single(await EventsAsync(database, "hook ended"));
    }

    [Fact]
    public async Task A_hook_may_take_its_time_and_no_more()
    {
        await using var database = await server.CopyAsync();
        var run = await database.RunAsync(
            null, s => s with { HookTimeoutSeconds = 1, AfterRun = $"[\"{Script("slow.sh", "sleep 60 & wait")}\", \"{File("slow.sql", "SELECT pg_sleep(60)")}\", \"/nowhere/at-all\"]" });
        Assert.Equal(RunState.Completed, run.State);
        Assert.Equal(
            [
                "after_run slow.sh took longer than hook_timeout_seconds (1)", "after_run slow.sql took longer than hook_timeout_seconds (1)",
                "after_run at-all failed: the command cannot be started",
            ],
            (await EventsAsync(database, "hook failed")).Select(e => e[..e.LastIndexOf(", ", StringComparison.Ordinal)]));
        await database.UntilAsync("SELECT count(*) = 0 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()");
    }

    [Fact]
    public async Task A_command_that_ends_while_it_is_canceled_was_canceled()
    {
        for (var i = 0; i < 20; i++)
        {
            using var over = new CancellationTokenSource();
            var ended = CommandProcess.RunAsync("sleep", "0.01", input: null, over.Token);
            await Task.Delay(i);
            await over.CancelAsync();
            try
            {
                Assert.Null(await ended);
            }
            catch (OperationCanceledException)
            {
                // Nothing else is thrown, such as that there is nothing to kill any more.
            }
        }
    }

    [Fact]
    public async Task A_run_that_a_state_machine_leads_runs_its_hooks()
    {
        await using var database = await server.CopyAsync();
        var hook = File("hook.sql", "SELECT 1");
        await using var engine = database.Engine(s => s with { BeforeRun = hook, AfterSuccess = Script("success.sh", "exit 0"), AfterRun = hook });
        await engine.BeginAsync(new StartRequest { RunId = "night" }, CancellationToken.None);
        // A repeated step does not run them again.
        await engine.BeginAsync(new StartRequest { RunId = "night" }, CancellationToken.None);
        await engine.RunTask01Async("night", CancellationToken.None);
        foreach (var chunk in await engine.PlanAsync("night", CancellationToken.None))
        {
            await engine.ProcessChunkAsync("night", chunk.ChunkId, CancellationToken.None);
        }

        Assert.Equal(["before_run hook.sql succeeded"], (await EventsAsync(database, "hook ended")).Select(e => e.Split(',')[0]));
        (await engine.FinishAsync("night", CancellationToken.None)).AssertCompleted();
        Assert.Equal(
            ["before_run hook.sql succeeded", "after_success success.sh succeeded", "after_run hook.sql succeeded"],
            (await EventsAsync(database, "hook ended")).Select(e => e.Split(',')[0]));
    }

    [Fact]
    public async Task A_hook_that_fails_before_a_run_that_a_state_machine_leads_ends_it_as_failed()
    {
        await using var database = await server.CopyAsync();
        await using var engine = database.Engine(s => s with { BeforeRun = File("bad.sql", "SELECT 1 / 0"), AfterRun = File("after.sql", "SELECT 1") });
        var request = new StartRequest { RunId = "night" };
        var error = await Assert.ThrowsAsync<CmEtlException>(() => engine.BeginAsync(request, CancellationToken.None));
        Assert.Equal(("HookFailed", ErrorKind.Permanent), (error.ErrorId, error.Kind));
        var failed = await database.Engine().GetStatusAsync("night", CancellationToken.None);
        Assert.Equal(RunState.Failed, failed.State);
        Assert.StartsWith("The hook before_run bad.sql failed: statement 1: ", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(["after_run after.sql succeeded"], (await EventsAsync(database, "hook ended")).Select(e => e.Split(',')[0]));
        await database.Engine().BeginAsync(request, CancellationToken.None);
    }

    [Fact]
    public async Task A_hook_whose_file_is_missing_is_refused_before_anything_is_started()
    {
        await using var database = await server.CopyAsync();
        var error = await Assert.ThrowsAsync<CmEtlException>(
            () => database.RunAsync(null, s => s with { AfterRun = "/nowhere/after.sql" }));
        Assert.Equal((ErrorKind.Configuration, "after_run"), (error.Kind, error.Subject));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));
    }

    [Fact]
    public async Task The_shipped_hooks_pause_and_resume_jobs_of_pg_cron()
    {
        // The interface of pg_cron 1.4 and newer (https://github.com/citusdata/pg_cron). The extension itself cannot be installed for a
        // test.
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            $$"""
            CREATE SCHEMA cron;
            CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text, command text, nodename text, nodeport integer, database text, username text, active boolean, jobname name);
            INSERT INTO cron.job (jobid, database, username, active)
            VALUES (1, current_database(), '{{EngineServer.Worker}}', true), (2, current_database(), '{{EngineServer.Worker}}', false), (3, 'other', '{{EngineServer.Worker}}', true);
            CREATE FUNCTION cron.alter_job(job_id bigint, schedule text DEFAULT NULL, command text DEFAULT NULL, database text DEFAULT NULL, username text DEFAULT NULL, active boolean DEFAULT NULL)
            RETURNS void LANGUAGE sql AS 'UPDATE cron.job SET active = alter_job.active WHERE jobid = job_id';
            GRANT USAGE ON SCHEMA cron TO {{EngineServer.Worker}};
            GRANT SELECT, UPDATE ON cron.job TO {{EngineServer.Worker}};
            """);
        const string Active = "SELECT string_agg(jobid || ':' || active, ' ' ORDER BY jobid) FROM cron.job";
        var look = File("look.sql", "INSERT INTO :\"ledger\".event (run_id, kind, reason) SELECT :'run_id', 'look', string_agg(jobid || ':' || active, ' ' ORDER BY jobid) FROM cron.job");
        await database.CompleteAsync(null, s => s with { BeforeRun = $"[\"{Shipped("pause_pg_cron")}\", \"{look}\"]", AfterRun = Shipped("resume_pg_cron") });
        Assert.Equal("1:false 2:false 3:true", await database.ReadAsync<string>("SELECT reason FROM cm_etl.event WHERE kind = 'look'"));
        Assert.Equal("1:true 2:false 3:true", await database.ReadAsync<string>(Active));
    }

    [Fact]
    public async Task The_shipped_hooks_vacuum_and_refresh()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            $"""
            CREATE MATERIALIZED VIEW conflict.pairs_by_day AS SELECT "VisitDate" AS day, count(*) AS pairs FROM conflict.conflictvisitmaps GROUP BY 1 WITH NO DATA;
            CREATE UNIQUE INDEX ON conflict.pairs_by_day (day);
            CREATE MATERIALIZED VIEW conflict.total AS SELECT sum(pairs) AS pairs FROM conflict.pairs_by_day WITH NO DATA;
            """);
        var refused = await database.RunAsync(null, s => s with { AfterSuccess = Shipped("vacuum_analyze") });
        Assert.Contains("vacuum_analyze.sql failed: statement 2", refused.HookFailure, StringComparison.Ordinal);

        var hooks = $"[\"{Shipped("vacuum_analyze")}\", \"{Shipped("refresh_materialized_views")}\"]";
        await using var owner = new EtlEngine(database.Owner with { AfterSuccess = hooks }, database.Log);
        var run = await owner.RunAsync(new StartRequest { New = true }, null, CancellationToken.None);
        Assert.Equal((RunState.Completed, ""), (run.State, run.HookFailure));
        Assert.True(await database.ReadAsync<decimal>("SELECT pairs FROM conflict.total") > 0);
        await database.UntilAsync("SELECT last_vacuum IS NOT NULL AND last_analyze IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'conflictvisitmaps'");
    }

    [Theory]
    [InlineData("a; b", "a|b")]
    [InlineData("a;;\n ;b;", "a|b")]
    [InlineData("SELECT ';' ; SELECT E'\\';' ; SELECT 'it''s;' ; SELECT \"x;\"", "SELECT ';'|SELECT E'\\';'|SELECT 'it''s;'|SELECT \"x;\"")]
    [InlineData("-- a; b\nc", "-- a; b\nc")]
    [InlineData("/* a; /* b; */ c; */ d; e", "/* a; /* b; */ c; */ d|e")]
    [InlineData("DO $x$ a; $$ b; $$ $x$; c", "DO $x$ a; $$ b; $$ $x$|c")]
    [InlineData("SELECT $1; d", "SELECT $1|d")]
    [InlineData("-- nothing\n/* at all; */", "")]
    public void A_script_is_split_into_its_statements(string script, string statements) =>
        Assert.Equal(statements, string.Join('|', SqlScript.Split(script)));

    private static string Shipped(string name) => Path.Combine(RepositoryFolder.Path, "sql", "hooks", $"{name}.sql");

    private static async Task<string[]> EventsAsync(EngineDatabase database, string kind) =>
        await database.ReadAsync<string[]>($"SELECT coalesce(array_agg(reason ORDER BY event_id), '{{}}') FROM cm_etl.event WHERE kind = '{kind}'");

    private string File(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Script(string name, string text)
    {
        var path = File(name, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
