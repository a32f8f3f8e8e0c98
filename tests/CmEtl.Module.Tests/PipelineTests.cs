using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>From the sandbox to the last chunk, as a user types it.</summary>
[Collection(ModuleServer.Name)]
public sealed class PipelineTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private Shell Shell => sandbox.Shell;

    [Fact]
    public void A_sandbox_is_ready_to_run()
    {
        var findings = Shell.RunClean("Test-CmEtlConfig");

        Assert.DoesNotContain(findings, f => Text(f, "Severity") == "Error");
        Assert.Equal((long)ModuleServer.Visits, sandbox.Sandbox.Properties["Visits"].Value);
    }

    [Fact]
    public void WhatIf_shows_the_plan_and_changes_nothing()
    {
        var before = Shell.RunClean("Get-CmEtlStatus -Last 100").Count;

        var plan = Shell.RunClean("Start-CmEtl -New -Confirm:$false -WhatIf -TargetChunkSize 100");

        Assert.Contains(plan, p => p.TypeNames[0] == "CmEtl.Engine.ChunkInfo");
        Assert.Equal(before, Shell.RunClean("Get-CmEtlStatus -Last 100").Count);
    }

    [Fact]
    public void WhatIf_of_Initialize_CmEtlDatabase_is_a_script()
    {
        var owner = sandbox.Sql.Parameters;

        var script = Assert.Single(Shell.RunClean($"Initialize-CmEtlDatabase -Indexes -LedgerSchema another_ledger -WhatIf {owner}"));

        Assert.Contains("another_ledger", (string)script.BaseObject, StringComparison.Ordinal);
        Assert.NotEmpty(Shell.RunClean($"Initialize-CmEtlDatabase -LedgerSchema another_ledger {owner}"));
    }

    [Fact]
    public void A_run_that_is_waited_for_ends_completed_with_progress()
    {
        var status = Assert.Single(Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100"));

        Assert.Equal("Completed", Text(status, "State"));
        Assert.Equal(ProgressRecordType.Completed, Shell.Progress[^1].RecordType);
        Assert.Contains(Shell.Information, i => i.Tags.Contains("CmEtl"));
        Assert.All(Shell.RunClean("Get-CmChunkPlan"), c => Assert.Equal("Done", Text(c, "State")));
    }

    [Fact]
    public void A_run_in_the_background_is_known_at_once_and_can_be_followed()
    {
        var started = Text(Assert.Single(Shell.RunClean("Start-CmEtl -New -Confirm:$false")), "RunId");

        Shell.RunClean("while ([CmEtl.PowerShell.BackgroundRuns]::Active) { [Threading.Thread]::Sleep(50) }");

        Assert.Equal("Completed", Text(Assert.Single(Shell.RunClean($"Get-CmEtlStatus '{started}'")), "State"));
        Assert.Empty(Shell.RunClean("[CmEtl.PowerShell.BackgroundRuns]::TakeProblems()"));
    }

    [Fact]
    public void Done_chunks_are_skipped_when_invoked_again()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");

        var results = Shell.RunClean("Get-CmChunkPlan | Invoke-CmChunk");

        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.Equal(true, r.Properties["Skipped"].Value));
    }

    [Fact]
    public void A_chunk_that_fails_does_not_stop_the_next()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");

        var results = Shell.Run("99999, 0 | ForEach-Object { [pscustomobject]@{ ChunkId = $_ } } | Invoke-CmChunk");

        Assert.NotEmpty(Shell.Error.FullyQualifiedErrorId);
        Assert.Single(results);
    }

    [Fact]
    public void A_run_in_the_background_can_be_stopped_and_resumed()
    {
        using var slow = new SlowUpdates(sandbox);
        var run = Text(Assert.Single(Shell.RunClean("Start-CmEtl -New -Confirm:$false -TargetChunkSize 5 -MaxConcurrency 1")), "RunId");

        var asked = Assert.Single(Shell.RunClean($"Stop-CmEtl '{run}'"));
        Shell.RunClean("while ([CmEtl.PowerShell.BackgroundRuns]::Active) { [Threading.Thread]::Sleep(50) }");
        var stopped = Assert.Single(Shell.RunClean("Get-CmEtlStatus"));
        slow.Dispose();

        Assert.Equal(run, Text(asked, "RunId"));
        Assert.Equal((run, "Stopped"), (Text(stopped, "RunId"), Text(stopped, "State")));
        var resumed = Assert.Single(Shell.RunClean("Start-CmEtl -Wait"));
        Assert.Equal((run, "Completed"), (Text(resumed, "RunId"), Text(resumed, "State")));
    }

    [Fact]
    public void A_terminated_program_gives_back_its_chunks_before_it_removes_a_sandbox()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var slow = new SlowUpdates(sandbox);
        // 'kill' is a separate program. cmetl ends itself with the signal that is sent when a container stops.
        var result = CliProcess.Run(
            sandbox.Worker.Environment,
            "$run = (Start-CmEtl -New -Confirm:$false -TargetChunkSize 5 -MaxConcurrency 1).RunId; (New-CmSandbox -Visits 0).Path; kill -TERM $PID; $run");
        slow.Dispose();

        Assert.Equal(130, result.ExitCode);
        Assert.False(Directory.Exists(result.Output.Split('\n')[0].Trim()), result.Output);
        Assert.Equal("Stopped", Text(Assert.Single(Shell.RunClean("Get-CmEtlStatus")), "State"));
        Assert.Equal("Completed", Text(Assert.Single(Shell.RunClean("Start-CmEtl -Wait")), "State"));
    }

    [Fact]
    public void There_is_nothing_to_reset_after_a_completed_run()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait");

        Assert.Empty(Shell.RunClean("Get-CmEtlStatus | Reset-CmStuckRows -WhatIf"));
        Assert.Empty(Shell.RunClean("Get-CmEtlStatus | Reset-CmStuckRows -Confirm:$false"));
    }

    private static string Text(PSObject value, string property) => value.Properties[property].Value.ToString()!;
}
