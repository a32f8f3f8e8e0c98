namespace CmEtl.Tests;

public sealed class DisconnectCmDatabaseTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void The_session_has_no_connection_afterwards_however_often_it_is_said()
    {
        sandbox.Shell.RunClean($"$null = Connect-CmDatabase {sandbox.Worker.Parameters}; Disconnect-CmDatabase; Disconnect-CmDatabase");

        sandbox.Shell.Run("Get-CmEtlStatus");

        Assert.StartsWith("NoDatabase,", sandbox.Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Connect-CmDatabase", sandbox.Shell.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
