using System.Management.Automation;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Tests;

/// <summary>GovCloud and China: what is deployed, completed and previewed there has ARNs of that partition.</summary>
public sealed class PartitionTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [NodeTheory]
    [InlineData("aws-us-gov", "us-gov-west-1")]
    [InlineData("aws-cn", "cn-north-1")]
    public async Task Every_arn_is_of_the_partition(string partition, string region)
    {
        await using var bench = await StepFunctionsBench.StartAsync(new BenchOptions { Region = region });
        var (at, shell) = ($"-EndpointUrl {bench.Url} -Region {region}", cloud.Shell);
        var deploy = $"Deploy-CmStateMachine arn:{partition}:lambda:{region}:123456789012:function:cm-etl:live -RoleArn arn:{partition}:iam::123456789012:role/e "
            + $"-StateMachineName nightly -DefinitionFile etl_pipeline_phase2_distributed.json -ManifestBucket bucket {at}";

        var diff = Text(Assert.Single(shell.RunClean($"{deploy} -WhatIf")), "Diff");
        var machine = Text(Assert.Single(shell.RunClean(deploy)), "StateMachineArn");
        var execution = Text(Assert.Single(shell.RunClean($"Start-CmEtl -StateMachineArn {machine} -RunId run-1 -EndpointUrl {bench.Url}")), "ExecutionArn");

        Assert.Contains($"\"RoleArn\": \"arn:{partition}:iam", diff, StringComparison.Ordinal);
        foreach (var text in new[] { diff, bench.Definition(machine) })
        {
            Assert.Contains($"\"arn:{partition}:states:::s3:getObject\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("arn:aws:", text, StringComparison.Ordinal);
        }

        Assert.Equal($"arn:{partition}:states:{region}:123456789012:stateMachine:nightly", machine);
        Assert.Equal(machine, Assert.Single(shell.Tab($"Start-CmEtl {at} -StateMachineArn nig")).CompletionText);
        Assert.Equal(execution, Assert.Single(shell.Tab($"Get-CmEtlStatus {at} -ExecutionArn run")).CompletionText);
        Assert.StartsWith($"arn:{partition}:states:{region}:123456789012:execution:nightly:", execution, StringComparison.Ordinal);
    }

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
