using CmEtl.Chaos.Faults;
using CmEtl.Chaos.Processes;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Chaos.Tests;

/// <summary>Statements of a worker end on the server soon after the worker, even if the server is not informed.</summary>
[Collection(ChaosTestGroup.Name)]
public sealed class ServerLimitTests(ChaosWorld world)
{
    private const string Sleeping = "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'cm_etl' AND wait_event = 'PgSleep'";
    private const string Working = "SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'cm_etl' AND state <> 'idle'";

    /// <param name="fault">The connections of a killed worker are closed, those of a frozen worker are not.</param>
    /// <param name="seconds">The time limits of a statement and of an idle transaction are 5 s and 2 s here.</param>
    [Theory]
    [InlineData(FaultKind.Kill, 5)]
    [InlineData(FaultKind.Freeze, 9)]
    public async Task No_query_outlives_its_worker_for_long(FaultKind fault, int seconds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await world.Database.RestoreAsync(deadline.Token);
        await world.Database.ExecuteAsync(
            """
            CREATE FUNCTION chaos.sleep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
            CREATE TRIGGER sleep BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION chaos.sleep();
            """, deadline.Token);
        try
        {
            using var worker = WorkerProcess.Start(WorkerKind.Engine, "tonight", world.Database.Settings);
            await UntilAsync(Sleeping, holds: true, deadline.Token);
            if (fault == FaultKind.Kill)
            {
                worker.Kill();
            }
            else
            {
                worker.Freeze();
            }

            await UntilAsync(Working, holds: false, deadline.Token).WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        finally
        {
            await world.Database.ExecuteAsync("DROP FUNCTION chaos.sleep() CASCADE", CancellationToken.None);
        }
    }

    [Fact]
    public async Task Every_session_has_its_limits_on_the_server()
    {
        await using var database = new Database(world.Database.Settings);
        (Func<CancellationToken, Task<NpgsqlConnection>>, string)[] ways = [(database.OpenAsync, "5s"), (database.OpenForTaskAsync, "10s")];
        foreach (var (open, limit) in ways)
        {
            await using var connection = await open(CancellationToken.None);
            var settings = await connection.QueryAsync(
                """
                SELECT string_agg(current_setting(name), ' ' ORDER BY n) FROM unnest(ARRAY[
                  'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'client_connection_check_interval',
                  'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count', 'tcp_user_timeout']) WITH ORDINALITY AS s (name, n)
                """, r => r.GetString(0), CancellationToken.None);
            Assert.Equal($"{limit} 3s 2s 2s 15 5 3 30000", settings.Single());
        }
    }

    private async Task UntilAsync(string condition, bool holds, CancellationToken cancel)
    {
        while (await world.Database.ReadAsync<bool>(condition, cancel) != holds)
        {
            await Task.Delay(50, cancel);
        }
    }
}
