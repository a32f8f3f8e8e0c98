using System.Management.Automation;

namespace CmEtl.Tests;

public sealed class ParameterTests
{
    private static readonly string[] NoEngine = 
        ["New-CmSandbox", "Remove-CmSandbox", "Deploy-CmStateMachine", "Publish-CmLambda", "Export-CmIamPolicy", "Export-CmTemplate", "Get-CmEtlCost",
        "Disconnect-CmDatabase", "Test-CmStateMachine"];

    // A cmdlet that changes only the session does not need confirmation.
    private static readonly string[] s_readingVerbs = ["Compare", "Connect", "Disconnect", "Get", "Test", "Wait"];

    public static TheoryData<string, string> ByPropertyName => new()
    {
        { "Remove-CmSandbox", "Path" },
        { "Get-CmChunkPlan", "RunId" },
        { "Invoke-CmChunk", "RunId" },
        { "Invoke-CmChunk", "ChunkId" },
        { "Start-CmEtl", "RunId" },
        { "Stop-CmEtl", "RunId" },
        { "Get-CmEtlStatus", "RunId" },
        { "Reset-CmStuckRows", "RunId" },
        { "Reset-CmStuckRows", "ChunkId" },
        { "Deploy-CmStateMachine", "LambdaFunctionArn" },
        { "Deploy-CmStateMachine", "DefinitionFile" },
        { "Start-CmEtl", "StateMachineArn" },
        { "Start-CmEtl", "ExecutionArn" },
        { "Stop-CmEtl", "ExecutionArn" },
        { "Get-CmEtlStatus", "ExecutionArn" },
        { "Get-CmEtlCost", "Chunks" },
    };

    [Theory]
    [MemberData(nameof(ByPropertyName))]
    public void It_binds_from_the_pipeline_by_property_name(string cmdlet, string parameter)
    {
        using var shell = new Shell();

        Assert.True(TakesProperty(shell, cmdlet, parameter));
    }

    [Fact]
    public void Every_cmdlet_that_needs_a_database_takes_a_connection_from_the_pipeline()
    {
        using var shell = new Shell();

        Assert.All(Commands(shell).Where(c => !NoEngine.Contains(c.Name)), c => Assert.True(TakesProperty(shell, c.Name, "Connection"), c.Name));
    }

    [Fact]
    public void Every_cmdlet_with_changes_supports_WhatIf()
    {
        using var shell = new Shell();

        Assert.All(Commands(shell), c => Assert.Equal(!s_readingVerbs.Contains(c.Name.Split('-')[0]), c.Parameters.ContainsKey("WhatIf")));
    }

    [Fact]
    public void Every_cmdlet_with_output_says_of_which_type()
    {
        using var shell = new Shell();

        Assert.All(Commands(shell).Where(c => c.Name is not ("Remove-CmSandbox" or "Disconnect-CmDatabase")), c => Assert.NotEmpty(c.OutputType));
    }

    private static List<CommandInfo> Commands(Shell shell) =>
        [.. shell.RunClean("Get-Command -Module CmEtl").Select(c => (CommandInfo)c.BaseObject)];

    private static bool TakesProperty(Shell shell, string cmdlet, string parameter) =>
        Commands(shell)
            .Single(c => c.Name == cmdlet).Parameters[parameter].ParameterSets.Values.Any(s => s.ValueFromPipelineByPropertyName);
}
