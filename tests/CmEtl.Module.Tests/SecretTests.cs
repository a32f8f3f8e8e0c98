using System.Management.Automation;

namespace CmEtl.Tests;

public sealed class SecretTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_connection_never_shows_its_password()
    {
        var connection = (PSObject)PSObject.AsPSObject(sandbox.Sandbox.Properties["Connection"].Value);

        Assert.DoesNotContain("assword", connection.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Database", "Host", "Port", "User"], connection.Properties.Select(p => p.Name).Order());
    }
}
