using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>Start-CmEtl -AsJob.</summary>
[Collection(ModuleServer.Name)]
public sealed class JobTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private Shell Shell => sandbox.Shell;

    [Fact]
    public void A_job_gives_the_status_of_the_run_at_its_end()
    {
        var job = Assert.Single(Shell.RunClean("$job = Start-CmEtl -New -Confirm:$false -AsJob -TargetChunkSize 100; $job"));
        Assert.IsAssignableFrom<Job>(job.BaseObject);

        var output = Shell.RunClean("$job | Wait-Job | Receive-Job -Verbose");

        Assert.Equal("Completed", Text(Assert.Single(output), "State"));
        Assert.Equal(ProgressRecordType.Completed, Shell.Progress[^1].RecordType);
        Assert.Contains(Shell.Verbose, v => v.StartsWith("Chunk 0: ", StringComparison.Ordinal));
        Assert.Contains(Shell.Information, i => i.ToString().StartsWith("Verified: ", StringComparison.Ordinal));
        Assert.Equal(JobState.Completed, State());
        Assert.Contains(Shell.RunClean("Get-Job"), j => ReferenceEquals(j.BaseObject, job.BaseObject));
        Shell.RunClean("Remove-Job $job");
    }

    [Fact]
    public void A_job_that_is_stopped_leaves_a_run_that_can_be_resumed()
    {
        using var slow = new SlowUpdates(sandbox);
        Shell.RunClean("$job = Start-CmEtl -New -Confirm:$false -AsJob -TargetChunkSize 5 -MaxConcurrency 1");
        Assert.True(SpinWait.SpinUntil(() => Step().Contains("chunks", StringComparison.Ordinal), TimeSpan.FromMinutes(1)), Step());

        Shell.RunClean("$job | Stop-Job");
        slow.Dispose();

        Assert.Equal(JobState.Stopped, State());
        var stopped = Assert.Single(Shell.RunClean("$job | Receive-Job"));
        Assert.Equal("Stopped", Text(stopped, "State"));
        var resumed = Assert.Single(Shell.RunClean("Start-CmEtl -Wait -TargetChunkSize 5"));
        Assert.Equal((Text(stopped, "RunId"), "Completed"), (Text(resumed, "RunId"), Text(resumed, "State")));
    }

    [Fact]
    public void A_job_whose_run_fails_has_failed_and_names_the_chunks()
    {
        using (new BrokenDay(sandbox))
        {
            Shell.RunClean("$job = Start-CmEtl -New -Confirm:$false -AsJob -TargetChunkSize 50 -MaxConcurrency 2; $null = $job | Wait-Job");
        }

        Assert.Equal(JobState.Failed, State());
        Assert.Equal("Failed", Text(Assert.Single(Shell.Run("$job | Receive-Job")), "State"));
        Assert.StartsWith("RunFailed", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Matches("Failed chunks: \\d", Shell.Error.ToString());
        Assert.NotEmpty(Shell.RunClean("[CmEtl.PowerShell.BackgroundRuns]::TakeProblems()"));
    }

    [Fact]
    public void A_job_whose_run_cannot_begin_has_failed_and_says_why()
    {
        Shell.RunClean("$job = Start-CmEtl -AsJob -LedgerSchema nowhere; $null = $job | Wait-Job");

        Assert.Equal(JobState.Failed, State());
        Assert.Empty(Shell.Run("$job | Receive-Job"));
        Assert.StartsWith("PreflightFailed", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(Shell.Error.ErrorDetails.RecommendedAction);
        Assert.NotEmpty(Shell.RunClean("[CmEtl.PowerShell.BackgroundRuns]::TakeProblems()"));
    }

    [Fact]
    public void A_job_is_not_waited_for()
    {
        Shell.Run("Start-CmEtl -AsJob -Wait");

        Assert.StartsWith("JobNotPossible", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private JobState State() => ((Job)Shell.RunClean("$job")[0].BaseObject).JobStateInfo.State;

    private string Step() => ((Job)Shell.RunClean("$job")[0].BaseObject).StatusMessage;

    private static string Text(PSObject value, string property) => value.Properties[property].Value.ToString()!;
}
