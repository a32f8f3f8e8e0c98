using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>A run that fails in some of its chunks, and how a user completes it.</summary>
[Collection(ModuleServer.Name)]
public sealed class RepairTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Start = "Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 50";

    private Shell Shell => sandbox.Shell;

    [Fact]
    public void A_failed_run_is_an_error_that_names_the_run_and_its_chunks()
    {
        using var broken = new BrokenDay(sandbox);

        var status = Assert.Single(Shell.Run(Start));

        Assert.Equal("Failed", Text(status, "State"));
        Assert.Equal(false, status.Properties["SweepSafe"].Value);
        Assert.Equal("RunFailed,CmEtl.PowerShell.StartCmEtlCommand", Shell.Error.FullyQualifiedErrorId);
        Assert.Equal(Text(status, "RunId"), Shell.Error.TargetObject);
        Assert.Equal(ErrorCategory.InvalidResult, Shell.Error.CategoryInfo.Category);
        Assert.Contains("Failed chunks: ", Shell.Error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_run_shows_in_the_exit_code()
    {
        using var broken = new BrokenDay(sandbox);

        var waited = CliProcess.Run(sandbox.Worker.Environment, Start);
        var followed = CliProcess.Run(sandbox.Worker.Environment, "Start-CmEtl -New -Confirm:$false -TargetChunkSize 50");

        Assert.Equal((5, 5), (waited.ExitCode, followed.ExitCode));
        Assert.Contains("id:   RunFailed", waited.Error, StringComparison.Ordinal);
        Assert.Contains("ERROR: Run ", followed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_chunks_are_invoked_from_the_pipeline_and_the_next_start_finishes_the_run()
    {
        string run;
        using (new BrokenDay(sandbox))
        {
            run = Text(Assert.Single(Shell.Run(Start)), "RunId");
        }

        var failed = Shell.RunClean("Get-CmEtlStatus -Detailed | Where-Object State -eq Failed");
        var repaired = Shell.RunClean("Get-CmEtlStatus -Detailed | Where-Object State -eq Failed | Invoke-CmChunk");
        var notDone = Shell.RunClean("Get-CmEtlStatus -Detailed | Where-Object State -ne Done");
        var resumed = Assert.Single(Shell.RunClean("Get-CmEtlStatus | Start-CmEtl -Wait"));

        Assert.NotEmpty(failed);
        Assert.Empty(notDone);
        Assert.All(failed, c => Assert.Equal("P0001", Text(c, "SqlState")));
        Assert.Equal(failed.Select(c => Text(c, "ChunkId")), repaired.Select(c => Text(c, "ChunkId")));
        Assert.All(repaired, c => Assert.Equal((run, false), (Text(c, "RunId"), (bool)c.Properties["Skipped"].Value)));
        Assert.Equal((run, "Completed"), (Text(resumed, "RunId"), Text(resumed, "State")));
    }

    [Fact]
    public void Stuck_rows_are_shown_by_WhatIf_and_released_when_confirmed()
    {
        using (new BrokenDay(sandbox, column: "UpdatedDate"))
        {
            Shell.Run(Start);
        }

        var before = sandbox.Sql.Scalar(Marks);
        var shown = Shell.RunClean("Reset-CmStuckRows -WhatIf");
        var after = sandbox.Sql.Scalar(Marks);
        var released = Shell.RunClean("Reset-CmStuckRows -Confirm:$false -Reason test");

        Assert.NotEmpty(shown);
        Assert.All(shown, r => Assert.Equal(false, r.Properties["Reset"].Value));
        Assert.Contains(shown, r => (long)r.Properties["RowsReleased"].Value > 0);
        Assert.Equal(before, after);
        Assert.Equal(shown.Select(r => Text(r, "ChunkId")), released.Select(r => Text(r, "ChunkId")));
        Assert.NotEqual(before, sandbox.Sql.Scalar(Marks));
        Assert.Equal("Completed", Text(Assert.Single(Shell.RunClean("Start-CmEtl -Wait")), "State"));
    }

    [Fact]
    public void A_failed_run_can_be_given_up()
    {
        using (new BrokenDay(sandbox))
        {
            Shell.Run(Start);
        }

        Assert.Empty(Shell.RunClean("Stop-CmEtl -Abandon -WhatIf"));
        Assert.Equal("Failed", Text(Assert.Single(Shell.RunClean("Get-CmEtlStatus")), "State"));

        var given = Assert.Single(Shell.RunClean("Stop-CmEtl -Abandon -Reason test"));

        Assert.Equal("Abandoned", Text(given, "State"));
        Assert.EndsWith(": test", Text(given, "Reason"), StringComparison.Ordinal);
        Assert.NotEqual(Text(given, "RunId"), Text(Assert.Single(Shell.RunClean("Start-CmEtl -Wait")), "RunId"));
    }

    [Fact]
    public void A_run_is_abandoned_only_after_confirmation_and_WhatIf_shows_the_remaining_work()
    {
        using (new BrokenDay(sandbox))
        {
            Shell.Run(Start);
        }

        foreach (var command in new[] { "Start-CmEtl -New -Wait", "Stop-CmEtl -Abandon" })
        {
            Shell.Run($"$ConfirmPreference = 'High'; try {{ {command} }} finally {{ $ConfirmPreference = 'None' }}");
            Assert.StartsWith("ConfirmationNeeded", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal("Failed", Text(Assert.Single(Shell.RunClean("Get-CmEtlStatus")), "State"));
        }

        var run = Text(Assert.Single(Shell.RunClean("Get-CmEtlStatus")), "RunId");
        var failed = Shell.RunClean("Get-CmChunkPlan | Where-Object State -EQ Failed").Count;
        var foreseen = CliProcess.Run(sandbox.Worker.Environment, "Start-CmEtl -WhatIf -TargetChunkSize 50");
        Assert.Matches($"Run {run} \\(failed\\) would be resumed: {failed} of [0-9]+ chunks and [0-9,]+ of [0-9,]+ rows left, visits from ", foreseen.Error);
        Assert.InRange(failed, 1, 5);
        Assert.Equal(failed, foreseen.Output.Split('\n').Count(l => l.Contains(" Failed ", StringComparison.Ordinal)));
    }

    private const string Marks = """SELECT count(*) FROM conflict.conflictvisitmaps WHERE "UpdateFlag" = 1""";

    private static string Text(PSObject value, string property) => value.Properties[property].Value.ToString()!;
}
