using System.Management.Automation;

namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class SecretTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_connection_never_shows_its_password()
    {
        var connection = (PSObject)PSObject.AsPSObject(sandbox.Sandbox.Properties["Connection"].Value);

        Assert.DoesNotContain("assword", connection.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Database", "Host", "Port", "User"], connection.Properties.Select(p => p.Name).Order());
    }

    [Theory]
    [InlineData("[Management.Automation.PSSerializer]::Serialize($sandbox, 9)")]
    [InlineData("[Management.Automation.PSSerializer]::Serialize($sandbox.Connection, 9)")]
    [InlineData("\"$sandbox $($sandbox.Connection)\"")]
    [InlineData("Test-CmEtlConfig -Connection $sandbox.Connection -ConflictSchema nowhere | ForEach-Object { [Management.Automation.PSSerializer]::Serialize($_, 9) }")]
    [InlineData("Get-CmEtlStatus -Connection $sandbox.Connection -LedgerSchema nowhere -Verbose -Debug 4>&1 5>&1")]
    public void A_password_is_not_echoed(string text)
    {
        var password = sandbox.Worker.Environment["POSTGRES_PASSWORD"];
        Assert.True(password.Length > 20);

        var said = sandbox.Shell.Run($"$sandbox = @($input)[0]; {text}", sandbox.Sandbox);

        var texts = said.Select(o => o.ToString()).Concat(sandbox.Shell.Errors.Select(e => $"{e} {e.ErrorDetails} {e.Exception}")).ToList();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(sandbox.Shell.Errors, e => e.Exception is CommandNotFoundException);
        Assert.DoesNotContain(texts, s => s.Contains(password, StringComparison.Ordinal));
    }
}
