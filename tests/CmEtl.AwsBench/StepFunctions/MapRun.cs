using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// A Map Run of a Distributed Map, with its child executions and their states
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html).
/// </summary>
internal sealed class MapRun(BenchExecution parent, DistributedMap map)
{
    public Guid Id { get; } = Guid.NewGuid();

    public string Arn => $"{parent.Machine.Arn.Replace(":stateMachine:", ":mapRun:", StringComparison.Ordinal)}/{map.Label}:{Id}";

    public BenchExecution Parent => parent;

    public DistributedMap Map => map;

    /// <summary>One execution per batch, all from the beginning. Those not yet started are PENDING.</summary>
    public IReadOnlyList<BenchExecution> Children { get; set; } = [];

    public string Status { get; set; } = "RUNNING";

    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    public DateTimeOffset? Stopped { get; set; }

    public int RedriveCount { get; set; }

    public DateTimeOffset? Redriven { get; set; }

    /// <summary>
    /// The number of the parent's redrives when this Map Run last began. If there are more now, it has to continue again.
    /// </summary>
    public int ParentRedrives { get; set; } = parent.RedriveCount;

    public int ResultsWritten { get; set; }

    /// <summary>Whether the failures so far are tolerated. They are counted by item.</summary>
    public bool Bears => map.Bears(Children.Where(c => c.Status is "FAILED" or "TIMED_OUT").Sum(c => c.ItemCount), Children.Sum(c => c.ItemCount));

    public JsonObject ListItem() => new()
    {
        ["executionArn"] = parent.Arn, ["mapRunArn"] = Arn, ["stateMachineArn"] = parent.Machine.Arn,
        ["startDate"] = Epoch.Seconds(Started), ["stopDate"] = Epoch.Seconds(Stopped),
    };

    public JsonObject Describe() => new()
    {
        ["executionArn"] = parent.Arn, ["mapRunArn"] = Arn, ["status"] = Status,
        ["startDate"] = Epoch.Seconds(Started), ["stopDate"] = Epoch.Seconds(Stopped),
        ["maxConcurrency"] = map.MaxConcurrency, ["toleratedFailurePercentage"] = map.ToleratedPercentage, ["toleratedFailureCount"] = map.ToleratedCount,
        ["itemCounts"] = Count(c => c.ItemCount), ["executionCounts"] = Count(_ => 1),
        ["redriveCount"] = RedriveCount, ["redriveDate"] = Epoch.Seconds(Redriven),
    };

    /// <summary>https://docs.aws.amazon.com/step-functions/latest/apireference/API_MapRunItemCounts.html</summary>
    private JsonObject Count(Func<BenchExecution, int> of)
    {
        var children = Children.Select(c => (c.Status, Count: of(c))).ToList();
        return new()
        {
            ["total"] = children.Sum(c => c.Count), ["pending"] = Sum("PENDING"), ["running"] = Sum("RUNNING"), ["succeeded"] = Sum("SUCCEEDED"),
            ["failed"] = Sum("FAILED"), ["timedOut"] = Sum("TIMED_OUT"), ["aborted"] = Sum("ABORTED"),
            ["resultsWritten"] = Children.Take(ResultsWritten).Sum(of), ["failuresNotRedrivable"] = 0, ["pendingRedrive"] = Sum("PENDING_REDRIVE"),
        };

        int Sum(string status) => children.Where(c => c.Status == status).Sum(c => c.Count);
    }
}
