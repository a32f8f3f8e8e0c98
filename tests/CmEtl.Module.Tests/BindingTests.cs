using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>The output of one cmdlet is the input of the next, by property name.</summary>
[Collection(ModuleServer.Name)]
public sealed class BindingTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private Shell Shell => sandbox.Shell;

    [Fact]
    public void Chunks_are_chosen_from_the_plan_and_invoked()
    {
        var run = Completed();
        var most = Shell.RunClean("Get-CmChunkPlan").Max(c => (long)c.Properties["EstimatedRows"].Value);

        var results = Shell.RunClean($"Get-CmChunkPlan | Where-Object EstimatedRows -ge {most} | Invoke-CmChunk");

        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.Equal((run, true), (Text(r, "RunId"), (bool)r.Properties["Skipped"].Value)));
    }

    [Fact]
    public void Failed_chunks_are_invoked_again()
    {
        string run;
        using (new BrokenDay(sandbox))
        {
            run = Text(Assert.Single(Shell.Run("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 50 -MaxConcurrency 2")), "RunId");
        }

        var results = Shell.RunClean("Get-CmEtlStatus -Detailed | Where-Object State -eq Failed | Invoke-CmChunk");

        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.Equal((run, false), (Text(r, "RunId"), (bool)r.Properties["Skipped"].Value)));
        Assert.Empty(Shell.RunClean("Get-CmEtlStatus -Detailed | Where-Object State -ne Done"));
        Assert.Equal("Completed", Text(Assert.Single(Shell.RunClean("Get-CmEtlStatus | Start-CmEtl -Wait -TargetChunkSize 50")), "State"));
    }

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
    public void A_plan_leads_to_its_cost()
    {
        Completed();

        var costs = Shell.RunClean("Get-CmChunkPlan -Summary | Get-CmEtlCost");

        Assert.Equal(3, costs.Count);
        Assert.All(costs, c => Assert.True(LanguagePrimitives.ConvertTo<decimal>(c.Properties["Total"].Value) > 0));
    }

    [Fact]
    public void A_piped_sandbox_is_the_connection_of_the_next_cmdlet()
    {
        var owner = sandbox.Sandbox;

        Assert.DoesNotContain(Shell.Run("$input | Test-CmEtlConfig", owner), f => Text(f, "Severity") == "Error");
        Assert.Empty(Shell.Errors);
    }

    [Fact]
    public void A_status_says_itself_in_one_line()
    {
        var run = Completed();

        Assert.Matches($"^{run}: Completed, [0-9,]+ of [0-9,]+ chunks, [0-9,]+ of [0-9,]+ rows confirmed$", Shell.RunClean("\"$(Get-CmEtlStatus)\"")[0].ToString());
    }

    private string Completed() => Text(Assert.Single(Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100")), "RunId");

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
