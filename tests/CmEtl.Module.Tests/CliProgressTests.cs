using System.Diagnostics;

namespace CmEtl.Tests;

/// <summary>The output of cmetl without a terminal, and how it ends when it is interrupted.</summary>
[Collection(ModuleServer.Name)]
public sealed class CliProgressTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Record = "[Management.Automation.ProgressRecord]::new(1, 'Work', \"step $i\")";

    [Fact]
    public void Progress_is_a_line_now_and_then_and_the_last_one()
    {
        var result = CliProcess.Run($"foreach ($i in 1..35) {{ $Host.UI.WriteProgress(1, {Record}); [Threading.Thread]::Sleep(100) }}; 'over'");

        var lines = result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 3, 12);
        Assert.Matches("^[0-9]{2}:[0-9]{2}:[0-9]{2}Z Work: step 35$", lines[^1]);
        Assert.All(lines, l => Assert.DoesNotContain(l, char.IsControl));
        Assert.Equal("over", result.Output.Trim());
    }

    [Fact]
    public void Progress_that_is_over_soon_is_one_line()
    {
        var result = CliProcess.Run($"foreach ($i in 1..9) {{ $record = {Record}; if ($i -eq 9) {{ $record.RecordType = 'Completed' }}; $Host.UI.WriteProgress(1, $record) }}");

        Assert.Matches("^[0-9]{2}:[0-9]{2}:[0-9]{2}Z Work: step 9$", result.Error.Trim());
    }

    [Fact]
    public void Progress_of_an_interrupted_command_leaves_its_last_line()
    {
        var result = CliProcess.Run($"foreach ($i in 1..9) {{ $Host.UI.WriteProgress(1, {Record}) }}; throw 'no'");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Work: step 9", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_stops_a_run_which_can_be_resumed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using (new SlowUpdates(sandbox, seconds: 60))
        {
            var start = new ProcessStartInfo("dotnet", [Repository.Cli, "Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100"]) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var (name, value) in sandbox.Worker.Environment)
            {
                start.Environment[name] = value;
            }

            using var program = Process.Start(start)!;
            Assert.True(SpinWait.SpinUntil(() => Statements() > 0, TimeSpan.FromMinutes(2)), "Nothing has begun in two minutes.");
            using var kill = Process.Start("kill", ["-INT", $"{program.Id}"]);

            // Half of the statement's duration. A busy machine needs some seconds for the cleanup.
            Assert.True(program.WaitForExit(TimeSpan.FromSeconds(30)), "The program still runs.");
            Assert.Equal(130, program.ExitCode);
            Assert.Equal(0, Statements());
        }

        Assert.Equal("stopped", sandbox.Sql.Scalar("SELECT state FROM cm_etl.run ORDER BY started_at DESC LIMIT 1"));
    }

    private int Statements() => int.Parse(
        sandbox.Sql.Scalar("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cm_etl' AND state = 'active' AND wait_event = 'PgSleep'"), null);
}
