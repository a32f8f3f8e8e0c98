using System.Management.Automation;

namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class ConnectionTests(ModuleServer server, SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_connection_in_the_pipeline_goes_before_that_of_the_session()
    {
        var shell = sandbox.Shell;
        using var session = new SandboxFixture(server);

        var run = RunId(Assert.Single(shell.Run("$input | Start-CmEtl -New -Confirm:$false -Wait", sandbox.Sandbox)));

        Assert.Empty(shell.Errors);
        Assert.Equal(run, RunId(Assert.Single(shell.Run("$input | Get-CmEtlStatus", sandbox.Sandbox))));
        Assert.Empty(shell.RunClean("Get-CmEtlStatus -Last 10"));
    }

    private static object RunId(PSObject status) => status.Properties["RunId"].Value;
}
