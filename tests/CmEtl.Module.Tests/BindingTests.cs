using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>The output of one cmdlet is the input of the next, by property name.</summary>
[Collection(ModuleServer.Name)]
public sealed class BindingTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private Shell Shell => sandbox.Shell;

    [Fact]
    public void A_status_leads_to_its_own_chunks_and_not_to_the_newest()
    {
        var older = Completed();
        Completed();

        Assert.All(Shell.RunClean($"Get-CmEtlStatus {older} | Get-CmChunkPlan"), c => Assert.Equal(older, Text(c, "RunId")));
        Assert.Equal(older, Text(Assert.Single(Shell.RunClean($"Get-CmEtlStatus {older} | Get-CmChunkPlan -Summary")), "RunId"));
        Assert.Equal(older, Text(Assert.Single(Shell.RunClean($"Get-CmEtlStatus {older} | Get-CmEtlStatus")), "RunId"));
    }

    [Fact]
    public void A_status_is_stopped_or_reset_only_when_that_is_meant()
    {
        var run = Completed();

        Assert.Empty(Shell.RunClean("Get-CmEtlStatus | Stop-CmEtl -WhatIf"));
        Assert.Empty(Shell.RunClean("Get-CmEtlStatus | Reset-CmStuckRows -Confirm:$false"));
        Assert.Empty(Shell.RunClean("Get-CmEtlStatus -Detailed | Reset-CmStuckRows -WhatIf"));
        Assert.Equal("Completed", Text(Assert.Single(Shell.RunClean($"Get-CmEtlStatus {run}")), "State"));
    }

    [Fact]
    public void A_piped_sandbox_is_the_connection_of_the_next_cmdlet()
    {
        var owner = sandbox.Sandbox;

        Assert.DoesNotContain(Shell.Run("$input | Test-CmEtlConfig", owner), f => Text(f, "Severity") == "Error");
        Assert.Empty(Shell.Errors);
    }

    private string Completed() => Text(Assert.Single(Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100")), "RunId");

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
