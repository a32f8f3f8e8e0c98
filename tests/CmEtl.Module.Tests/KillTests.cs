using System.Diagnostics;

namespace CmEtl.Tests;

/// <summary>The program is killed between and within chunks, so it cannot clean up.</summary>
[Collection(ModuleServer.Name)]
public sealed class KillTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_killed_run_is_resumed_without_task_01_and_without_its_done_chunks()
    {
        // A dead orchestrator is noticed when its lease has expired.
        var environment = new Dictionary<string, string>(sandbox.Worker.Environment) { ["CMETL_LEASE_SECONDS"] = "2" };
        using (new SlowUpdates(sandbox))
        {
            using var program = Start(environment, "Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 5 -MaxConcurrency 1");
            Assert.True(SpinWait.SpinUntil(() => Done() >= 3, TimeSpan.FromMinutes(2)), "No chunk was done in two minutes.");
            program.Kill();
            program.WaitForExit();
        }

        var run = sandbox.Sql.Scalar("SELECT run_id FROM cm_etl.run WHERE state = 'running'");
        var before = State();
        Assert.True(Done() < int.Parse(sandbox.Sql.Scalar("SELECT count(*) FROM cm_etl.chunk"), null));
        Wait.Until(sandbox, "NOT EXISTS (SELECT FROM cm_etl.run WHERE state = 'running' AND lease_until > clock_timestamp())");

        var resumed = Assert.Single(sandbox.Shell.RunClean("Start-CmEtl -Wait"));

        Assert.Equal(run, resumed.Properties["RunId"].Value);
        Assert.Equal("completed", sandbox.Sql.Scalar($"SELECT state FROM cm_etl.run WHERE run_id = '{run}'"));
        Assert.StartsWith(before, State(), StringComparison.Ordinal);
    }

    private int Done()
    {
        var present = sandbox.Sql.Scalar("SELECT to_regclass('cm_etl.chunk') IS NOT NULL") == "True";
        return present ? int.Parse(sandbox.Sql.Scalar("SELECT count(*) FROM cm_etl.chunk WHERE state = 'done'"), null) : 0;
    }

    /// <summary>The time of Task 01, and every chunk that is done with its attempt and end, oldest first.</summary>
    private string State() => sandbox.Sql.Scalar("""
        SELECT concat_ws(' ', max(r.task01_at), string_agg(concat_ws('/', c.chunk_id, c.attempt, c.finished_at), ' ' ORDER BY c.finished_at))
          FROM cm_etl.chunk AS c JOIN cm_etl.run AS r USING (run_id) WHERE c.state = 'done'
        """);

    private static Process Start(Dictionary<string, string> environment, string text)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Cli, text]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
