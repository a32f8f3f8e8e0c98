namespace CmEtl.Tests;

public sealed class CloudCompletionTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [NodeFact]
    public void Machines_and_executions_are_found_by_name()
    {
        const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:nightly";
        cloud.Deploy(CloudFixture.FunctionArn, "etl_pipeline.json", "nightly");
        cloud.Deploy(CloudFixture.FunctionArn, "etl_pipeline.json", "other");
        cloud.Shell.RunClean($"$null = Start-CmEtl -StateMachineArn {Machine} -RunId run-1 {cloud.AtStepFunctions}");

        var machine = Assert.Single(cloud.Shell.Tab($"Start-CmEtl {cloud.AtStepFunctions} -StateMachineArn nig"));
        var name = Assert.Single(cloud.Shell.Tab($"Deploy-CmStateMachine arn {cloud.AtStepFunctions} -StateMachineName nig"));
        var execution = Assert.Single(cloud.Shell.Tab($"Get-CmEtlStatus {cloud.AtStepFunctions} -ExecutionArn run"));
        var both = cloud.Shell.Tab($"Start-CmEtl {cloud.AtStepFunctions} -StateMachineArn {Machine[..30]}");

        Assert.Equal((Machine, "nightly"), (machine.CompletionText, machine.ListItemText));
        Assert.Matches(@"^STANDARD, created \d{4}-\d\d-\d\d$", machine.ToolTip);
        Assert.Equal("nightly", name.CompletionText);
        Assert.Equal("run-1", execution.ListItemText);
        Assert.Contains(":execution:nightly:run-1", execution.CompletionText, StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z_]+, started ", execution.ToolTip);
        Assert.Equal(2, both.Count);
    }
}
