namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class DisconnectCmDatabaseTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_connection_that_came_with_one_record_is_not_that_of_the_next()
    {
        sandbox.Shell.RunClean($"$reached = Connect-CmDatabase {sandbox.Worker.Parameters}; $null = Start-CmEtl -Wait; Disconnect-CmDatabase");

        Assert.Single(sandbox.Shell.Run("$reached, [pscustomobject]@{ RunId = 'another' } | Get-CmEtlStatus"));

        Assert.StartsWith("NoDatabase,", sandbox.Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
