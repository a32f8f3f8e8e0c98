
namespace CmEtl.Tests;

/// <summary>Ctrl-C: the prompt returns soon, and no statement of CmEtl is left on the server.</summary>
[Collection(ModuleServer.Name)]
public sealed class StopTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    // It usually takes a quarter of a second, but the machine of a test may be busy.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private Shell Shell => sandbox.Shell;

    [Fact]
    public void A_run_in_its_chunks_is_stopped_and_can_be_resumed()
    {
        using (new SlowUpdates(sandbox, seconds: 20))
        {
            Stop("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100 -MaxConcurrency 2", () => Statements("state = 'active'") >= 2);
        }

        Assert.Equal("Stopped", Shell.RunClean("Get-CmEtlStatus")[0].Properties["State"].Value.ToString());
        Assert.Equal("Completed", Shell.RunClean("Start-CmEtl -Wait -TargetChunkSize 100")[0].Properties["State"].Value.ToString());
    }

    [Fact]
    public void A_chunk_that_waits_for_a_lock_is_stopped()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");
        sandbox.Sql.Execute("UPDATE cm_etl.chunk SET state = 'pending' WHERE chunk_id = 0");
        using var holder = sandbox.Sql.Hold("LOCK TABLE conflict.conflictvisitmaps IN ACCESS EXCLUSIVE MODE");

        Stop("Invoke-CmChunk 0", Waits);
    }

    [Theory]
    [InlineData("Get-CmEtlStatus")]
    [InlineData("Get-CmChunkPlan")]
    [InlineData("Stop-CmEtl")]
    [InlineData("Reset-CmStuckRows -Confirm:$false")]
    [InlineData("Initialize-CmEtlDatabase -LedgerSchema cm_etl")]
    [InlineData("Start-CmEtl")]
    public void A_cmdlet_that_waits_for_the_ledger_is_stopped(string command)
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait");
        using var holder = sandbox.Sql.Hold("LOCK TABLE cm_etl.run, cm_etl.chunk, cm_etl.migration IN ACCESS EXCLUSIVE MODE");

        Stop(command, Waits);
    }

    [Theory]
    [InlineData("Test-CmEtlConfig")]
    [InlineData("Get-CmChunkPlan -Preview")]
    public void A_cmdlet_that_waits_for_the_data_is_stopped(string command)
    {
        using var holder = sandbox.Sql.Hold("LOCK TABLE conflict.conflictvisitmaps, analytics.factvisitcallperformance_cr, conflict.settings IN ACCESS EXCLUSIVE MODE");

        Stop(command, Waits);
    }

    [Theory]
    [InlineData("Wait-CmEtl")]
    [InlineData("Get-CmEtlEvent -Follow")]
    public void What_follows_a_run_is_stopped_and_leaves_it_alone(string command)
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait");
        // Led elsewhere: this process asks the ledger for nothing else.
        sandbox.Sql.Execute("UPDATE cm_etl.run SET state = 'running', finished_at = NULL, lease_until = clock_timestamp() + interval '1 hour' WHERE number = (SELECT max(number) FROM cm_etl.run)");
        var since = sandbox.Sql.Scalar("SELECT clock_timestamp()::timestamptz::text");

        Stop(command, () => Statements($"query_start > '{since}'") > 0);

        Assert.Equal("running", sandbox.Sql.Scalar("SELECT state FROM cm_etl.run ORDER BY number DESC LIMIT 1"));
        Assert.Equal("0", sandbox.Sql.Scalar("SELECT count(*) FROM cm_etl.event WHERE kind LIKE 'stop%'"));
        sandbox.Sql.Execute("UPDATE cm_etl.run SET state = 'completed', finished_at = clock_timestamp() WHERE state = 'running'");
    }

    [Fact]
    public void A_sandbox_in_the_making_is_stopped_and_removed()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"cmetl-stopped-{Guid.NewGuid():N}");

        Stop($"New-CmSandbox -Visits 2000000 -Path {folder}", () => File.Exists(Path.Combine(folder, "data", "postmaster.pid")));

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(folder), TimeSpan.FromMinutes(1)), "The sandbox is still there.");
        Assert.NotEmpty(Shell.RunClean("Test-CmEtlConfig"));
    }

    [Theory]
    [InlineData("Get-CmEtlStatus -ExecutionArn arn:aws:states:us-east-1:123456789012:execution:m:x")]
    [InlineData("Stop-CmEtl -ExecutionArn arn:aws:states:us-east-1:123456789012:execution:m:x")]
    [InlineData("Start-CmEtl -Wait -StateMachineArn arn:aws:states:us-east-1:123456789012:stateMachine:m")]
    [InlineData("Invoke-CmChunk 0 -RunId x -FunctionName f -Region us-east-1")]
    [InlineData("Deploy-CmStateMachine arn:aws:lambda:us-east-1:123456789012:function:f -RoleArn arn:aws:iam::123456789012:role/r")]
    public void A_cmdlet_that_waits_for_aws_is_stopped(string command)
    {
        using var silent = new SilentServer();
        const string Login = "$Env:AWS_ACCESS_KEY_ID = 'key'; $Env:AWS_SECRET_ACCESS_KEY = 'secret'";

        Stop($"{Login}; {command} -EndpointUrl http://127.0.0.1:{silent.Port}", () => silent.Asked);
    }

    [Fact]
    public void A_server_that_never_answers_does_not_keep_the_prompt()
    {
        using var silent = new SilentServer();

        Stop(
            $"Get-CmEtlStatus -HostName 127.0.0.1 -Port {silent.Port} -Database d -Credential ([pscredential]::new('u', [securestring]::new()))",
            () => silent.Asked);
    }

    private void Stop(string command, Func<bool> underWay)
    {
        var time = Shell.Stop(command, underWay);

        Assert.True(time < Soon + Slack, $"The prompt was back after {time.TotalSeconds:F1} s.");
        Assert.True(SpinWait.SpinUntil(() => Statements("state = 'active'") == 0, Soon + Slack), "A statement is still under way.");
    }

    private bool Waits() => Statements("wait_event_type = 'Lock'") > 0;

    private int Statements(string condition) =>
        int.Parse(sandbox.Sql.Scalar($"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cm_etl' AND {condition}"), null);
}
