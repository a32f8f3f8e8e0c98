using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>The streams besides the output: verbose, information, progress.</summary>
[Collection(ModuleServer.Name)]
public sealed class StreamTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private Shell Shell => sandbox.Shell;

    [Fact]
    public void Verbose_reports_every_chunk_and_its_duration()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100 -Verbose");

        Assert.Contains(Shell.Verbose, v => v.StartsWith("Task 01: ", StringComparison.Ordinal));
        Assert.Contains(Shell.Verbose, v => v.StartsWith("Plan: ", StringComparison.Ordinal));
        Assert.Contains(Shell.Verbose, v => Regex.IsMatch(v, @"^Chunk \d+: Updated \d+ rows in \d+\.\d\d seconds$"));
        Assert.Contains(Shell.Verbose, v => v.StartsWith("Verified: ", StringComparison.Ordinal));
        Assert.All(Ssns(), ssn => Assert.DoesNotContain(Shell.Verbose, v => v.Contains(ssn, StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_options_nothing_is_reported()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");

        Assert.Empty(Shell.Verbose);
        Assert.Empty(Shell.Warnings);
    }

    [Fact]
    public void Information_has_the_milestones_and_no_single_chunk()
    {
        Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");

        var said = Shell.Information.Select(i => i.ToString()).ToList();
        Assert.Contains(said, i => i.StartsWith("Verified: ", StringComparison.Ordinal));
        Assert.DoesNotContain(said, i => i.StartsWith("Chunk ", StringComparison.Ordinal));
        Assert.All(Shell.Information, i => Assert.Contains("CmEtl", i.Tags));
        Assert.Equal(ProgressRecordType.Completed, Shell.Progress[^1].RecordType);
    }

    [Fact]
    public void Creating_indexes_shows_progress()
    {
        sandbox.Sql.Execute("DROP INDEX conflict.conflictvisitmaps_cm_etl_chunk");

        Shell.RunClean($"Initialize-CmEtlDatabase -Indexes -Verbose {sandbox.Sql.Parameters}");

        Assert.Contains(Shell.Progress, p => p.StatusDescription.Contains("conflictvisitmaps_cm_etl_chunk is being created", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, Shell.Progress[^1].RecordType);
        Assert.Contains("Index conflictvisitmaps_cm_etl_chunk created", Shell.Verbose);
    }

    [Fact]
    public void A_step_that_lasts_says_so()
    {
        using (new BrokenDay(sandbox))
        {
            Shell.Run("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");
        }

        // A step says so after a second.
        using var slow = new SlowUpdates(sandbox, seconds: 1.2);
        Shell.RunClean("Get-CmEtlStatus -Detailed | Where-Object State -eq Failed | Invoke-CmChunk");

        Assert.Contains(Shell.Progress, p => p.StatusDescription.StartsWith("Processing chunk ", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, Shell.Progress[^1].RecordType);
    }

    [Fact]
    public void Progress_shows_why_a_run_has_stopped()
    {
        using var slow = new SlowUpdates(sandbox, seconds: 0.3);
        Shell.RunClean("$job = Start-CmEtl -New -Confirm:$false -AsJob -TargetChunkSize 20 -MaxConcurrency 1");
        Assert.True(SpinWait.SpinUntil(() => Step().Contains("chunks", StringComparison.Ordinal), TimeSpan.FromMinutes(1)), Step());

        Shell.RunClean("Get-CmEtlStatus | Stop-CmEtl");
        Shell.RunClean("$null = $job | Wait-Job");

        Assert.Matches("^Stopped, [0-9,]+ of [0-9,]+ rows, .*; stopped by .+", Step());
    }

    private string Step() => Shell.RunClean("$job.StatusMessage")[0].ToString();

    private IEnumerable<string> Ssns() =>
        sandbox.Sql.Scalar("""SELECT string_agg(DISTINCT "SSN", ' ') FROM conflict.conflictvisitmaps WHERE "SSN" <> '' AND length("SSN") > 6""").Split(' ').Take(200);
}
