using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>A program that ends while a run works in its background.</summary>
[Collection(ModuleServer.Name)]
public sealed class PipelineTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private Shell Shell => sandbox.Shell;

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

    private static string Text(PSObject value, string property) => value.Properties[property].Value.ToString()!;
}
