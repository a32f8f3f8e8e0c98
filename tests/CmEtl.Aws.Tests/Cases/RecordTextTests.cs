using CmEtl.Aws.Deployment;
using CmEtl.Aws.Executions;

namespace CmEtl.Aws.Tests;

/// <summary>The text of lists and nested records, where only text can be shown.</summary>
public sealed class RecordTextTests
{
    [Fact]
    public void Changes_read_one_after_the_other()
    {
        var result = new DeploymentResult("m", null, null, null, [new("A", "1", "2"), new("B", null, "3")], Created: false, Updated: true);

        Assert.Equal("A: 1 -> 2; B: (none) -> 3", result.Changes.ToString());
        Assert.Equal("", new FunctionDeployment("f", null, null, [], Created: false, Updated: false, 0).Changes.ToString());
    }

    [Fact]
    public void Failed_states_read_one_after_the_other()
    {
        var execution = new EtlExecution { ExecutionArn = "e", StateMachineArn = "m", Name = "n", State = ExecutionState.Failed };
        FailedState[] failed = [new("ProcessSingleChunk", 3, "CmEtl.Transient", "gone", DateTimeOffset.UnixEpoch), new("Verify", null, "E", "c", DateTimeOffset.UnixEpoch)];

        Assert.Equal("", execution.FailedStates.ToString());
        Assert.Equal(
            "ProcessSingleChunk (chunk 3): CmEtl.Transient: gone; Verify: E: c", (execution with { FailedStates = failed }).FailedStates.ToString());
    }

    [Fact]
    public void A_map_run_reads_in_one_line() =>
        Assert.Equal("RUNNING, 1,200 of 5,000 chunks", new MapRunStatus("arn", "RUNNING", 5000, 1200, 0, 500, 5).ToString());
}
