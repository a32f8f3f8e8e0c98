namespace CmEtl.Tests;

/// <summary>The module together with other versions of its packages, which are loaded and used before it is imported.</summary>
[Collection(ModuleServer.Name)]
public sealed class NeighbourTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void Each_side_keeps_its_own_version_and_works()
    {
        using var server = new RefusingServer();
        var environment = new Dictionary<string, string>(sandbox.Worker.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = "key", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_REGION"] = "us-east-1",
        };

        var result = CliProcess.RunProgram(Repository.Beside("CmEtl.Module.Tests", "CmEtl.Neighbour"), environment, Repository.Module, server.Url);

        var user = environment["POSTGRES_USER"];
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Equal(
            [
                $"own: {user} key",
                $"module: {user} True",
                "module: AccessDeniedException,CmEtl.PowerShell.StartCmEtlCommand",
                $"own: {user} key",
                "CmEtl: AWSSDK.Core 4",
                "CmEtl: Npgsql 10",
                "Default: AWSSDK.Core 3",
                "Default: Npgsql 9",
            ],
            [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..4],
                .. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[4..].Order()]);
    }
}
