using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace CmEtl.Tests;

/// <summary>
/// Every command that waits for a run reports how it ended: an error id and an exit code for every end but a completed and sweep-safe one,
/// and the status in any case.
/// </summary>
[Collection(ModuleServer.Name)]
public sealed class RunEndTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Start = "Start-CmEtl -New -Confirm:$false -Wait -MaxConcurrency 2 -TargetChunkSize 20";

    private Shell Shell => sandbox.Shell;

    // A start waits for the next heartbeat of the other run, a third of the lease.
    private Dictionary<string, string> Environment => new(sandbox.Worker.Environment) { ["CMETL_LEASE_SECONDS"] = "9" };

    [Fact]
    public async Task A_run_stopped_or_abandoned_by_another_process_is_not_a_success()
    {
        var stopped = await WhileItWorksAsync(Start, "Stop-CmEtl -Reason test");
        var abandoned = await WhileItWorksAsync(Start, "Stop-CmEtl -Abandon -Force -Reason test");

        AssertEnd(stopped, 6, "RunStopped", "Stopped");
        AssertEnd(abandoned, 7, "RunAbandoned", "Abandoned");
    }

    [Fact]
    public async Task A_stopped_background_run_is_not_a_success()
    {
        var stopped = await WhileItWorksAsync(Start.Replace(" -Wait", "", StringComparison.Ordinal), "Stop-CmEtl -Reason test");

        Assert.Equal(6, stopped.ExitCode);
        Assert.Contains("id:   RunStopped", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("WARNING: Without -Wait the run works in the background.", stopped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_joined_process_ends_like_the_run()
    {
        var helper = Task.FromResult<CliProcess>(null!);
        var leader = await WhileItWorksAsync($"{Start} -RunId joined", () =>
        {
            helper = Task.Run(() => CliProcess.Run(Environment, "Start-CmEtl -Wait -RunId joined -MaxConcurrency 1"));
            Until("SELECT count(DISTINCT split_part(worker, '-', 1)) > 1 FROM cm_etl.chunk WHERE run_id = 'joined' AND worker <> ''");
            Shell.RunClean("Stop-CmEtl -Reason test");
        });

        AssertEnd(leader, 6, "RunStopped", "Stopped");
        AssertEnd(await helper, 6, "RunStopped", "Stopped");
    }

    [Fact]
    public void A_run_whose_end_cannot_be_stored_is_not_a_success()
    {
        sandbox.Sql.Execute("""
            CREATE FUNCTION cm_etl.keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'kept'; END $$;
            CREATE TRIGGER keep BEFORE UPDATE ON cm_etl.run FOR EACH ROW WHEN (OLD.state = 'running' AND NEW.state <> 'running') EXECUTE FUNCTION cm_etl.keep()
            """);
        try
        {
            var end = CliProcess.Run(sandbox.Worker.Environment, Start);

            AssertEnd(end, 8, "RunUnverified", "Running");
            Assert.Contains("the end of the run could not be stored", end.Error, StringComparison.Ordinal);
        }
        finally
        {
            sandbox.Sql.Execute("DROP FUNCTION cm_etl.keep() CASCADE; UPDATE cm_etl.run SET lease_until = now() - interval '1 hour' WHERE state = 'running'");
        }
    }

    [Fact]
    public void An_implausible_run_is_not_a_success_until_it_is_approved()
    {
        var end = CliProcess.Run(new Dictionary<string, string>(sandbox.Worker.Environment) { ["CMETL_MAX_UNCONFIRMED_PERCENT"] = "1" }, Start);
        AssertEnd(end, 9, "RunImplausible", "Completed");
        Assert.Contains("max_unconfirmed_percent = 1", end.Error, StringComparison.Ordinal);

        var approved = Assert.Single(Shell.RunClean("Approve-CmEtlRun -Reason 'looked at it' -Confirm:$false"));

        Assert.Equal((true, "looked at it"), (approved.Properties["SweepSafe"].Value, approved.Properties["ApprovedReason"].Value));
    }

    [Fact]
    public void A_start_over_stale_tables_is_refused()
    {
        sandbox.Sql.Execute("UPDATE analytics.factvisitcallperformance_cr SET \"Updated Datatimestamp\" = now() - interval '2 days'");
        try
        {
            Shell.Run(Start);
            Assert.StartsWith("AnalyticsStale,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);

            var waited = CliProcess.Run(sandbox.Worker.Environment, Start + " -WaitFresh 00:00:01");
            Assert.Equal(11, waited.ExitCode);
            Assert.Contains("id:   AnalyticsStale", waited.Error, StringComparison.Ordinal);
            Assert.Contains("WARNING: Waiting for fresh analytics for up to 00:00:01", waited.Error, StringComparison.Ordinal);
            Assert.Contains("The analytics tables were not fresh after a wait of 00:00:01", waited.Error, StringComparison.Ordinal);
        }
        finally
        {
            sandbox.Sql.Execute("UPDATE analytics.factvisitcallperformance_cr SET \"Updated Datatimestamp\" = now()");
        }
    }

    [Fact]
    public async Task A_second_run_is_busy()
    {
        CliProcess second = null!;
        await WhileItWorksAsync(Start, () =>
        {
            second = CliProcess.Run(Environment, Start.Replace("-New", "-RunId other", StringComparison.Ordinal));
            Shell.RunClean("Stop-CmEtl -Reason test");
        });

        Assert.Equal(4, second.ExitCode);
    }

    [Fact]
    public void A_job_whose_run_was_stopped_or_is_implausible_has_failed()
    {
        using (var slow = new SlowUpdates(sandbox))
        {
            Shell.RunClean($"$job = {Start.Replace("-Wait", "-AsJob", StringComparison.Ordinal)}");
            UntilItWorks();
            Shell.RunClean("$null = Stop-CmEtl -Reason test; $null = $job | Wait-Job");
        }

        AssertJob("RunStopped", "Stopped");
        Shell.RunClean($"$Env:CMETL_MAX_UNCONFIRMED_PERCENT = 1; $job = {Start.Replace("-Wait", "-AsJob", StringComparison.Ordinal)}; $null = $job | Wait-Job; $Env:CMETL_MAX_UNCONFIRMED_PERCENT = $null");
        AssertJob("RunImplausible", "Completed");
        Shell.Run("$null = [CmEtl.PowerShell.BackgroundRuns]::TakeProblems()");
    }

    [Theory]
    [InlineData(true, "-c", "Start-CmEtl")]
    [InlineData(true, "-NoProfile", "-Command", "Start-CmEtl")]
    [InlineData(true, "-File", "night.ps1")]
    [InlineData(true, "night.ps1")]
    [InlineData(true, "-enc", "AAAA")]
    [InlineData(true, "-NonInteractive")]
    [InlineData(false)]
    [InlineData(false, "-NoProfile")]
    [InlineData(false, "-ExecutionPolicy", "Bypass")]
    [InlineData(false, "-NoExit", "-Command", "Import-Module CmEtl")]
    public void A_shell_that_is_about_to_end_is_known_by_its_command_line(bool ends, params string[] arguments)
    {
        var module = AssemblyLoadContext.Default.Assemblies.Single(a => a.GetName().Name == "CmEtl.PowerShell");
        var method = module.GetType("CmEtl.PowerShell.ProcessLifetime")!.GetMethod("Ends", BindingFlags.Static | BindingFlags.NonPublic)!;

        Assert.Equal(ends, method.Invoke(null, [new[] { "pwsh.dll" }.Concat(arguments).ToArray()]));
    }

    private void AssertJob(string id, string state)
    {
        Assert.Equal(JobState.Failed, ((Job)Shell.RunClean("$job")[0].BaseObject).JobStateInfo.State);
        Assert.Equal(state, Assert.Single(Shell.Run("$job | Receive-Job")).Properties["State"].Value.ToString());
        Assert.StartsWith(id, Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private static void AssertEnd(CliProcess process, int code, string id, string state)
    {
        Assert.Equal(code, process.ExitCode);
        Assert.Contains($"id:   {id}", process.Error, StringComparison.Ordinal);
        Assert.Contains(state, process.Output, StringComparison.Ordinal);
    }

    private Task<CliProcess> WhileItWorksAsync(string command, string then) => WhileItWorksAsync(command, () => Shell.RunClean(then));

    private async Task<CliProcess> WhileItWorksAsync(string command, Action then)
    {
        using var held = new HeldUpdates(sandbox);
        var process = Task.Run(() => CliProcess.Run(Environment, command));
        UntilItWorks();
        then();
        held.Release();
        return await process;
    }

    private void UntilItWorks() => Until("SELECT count(*) > 0 FROM cm_etl.run AS r JOIN cm_etl.chunk AS c USING (run_id) WHERE r.state = 'running' AND c.state = 'processing'");

    private void Until(string condition) => Assert.True(
        SpinWait.SpinUntil(() => sandbox.Sql.Scalar(condition) == "True", TimeSpan.FromMinutes(1)), condition);
}
