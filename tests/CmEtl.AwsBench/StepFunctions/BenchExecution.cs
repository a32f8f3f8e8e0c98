using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>An execution in memory, with the definition that it was started with.</summary>
internal sealed class BenchExecution
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    public required BenchMachine Machine { get; init; }

    public string? VersionArn { get; init; }

    public required string Definition { get; init; }

    public required string Input { get; init; }

    /// <summary>The Map Run to which this child execution belongs.</summary>
    public MapRun? MapRun { get; init; }

    /// <summary>Number of items of a child execution.</summary>
    public int ItemCount { get; init; }

    /// <summary>A child execution is PENDING until its Map Run starts it.</summary>
    public string Status { get; set; } = "RUNNING";

    public DateTimeOffset Started { get; set; } = DateTimeOffset.UtcNow;

    public DateTimeOffset? Stopped { get; set; }

    public string? Output { get; set; }

    public string? Error { get; set; }

    public string? Cause { get; set; }

    public int RedriveCount { get; set; }

    public DateTimeOffset? Redriven { get; set; }

    /// <summary>The call to node that runs it at present.</summary>
    public long RunId { get; set; }

    public History History { get; } = new();

    /// <summary>A child's state machine is its parent's, followed by the Map's label.</summary>
    public string MachineArn => MapRun is null ? Machine.Arn : $"{Machine.Arn}/{MapRun.Map.Label}";

    public bool Unsuccessful => Status is "FAILED" or "ABORTED" or "TIMED_OUT";

    public JsonObject Describe() => new()
    {
        ["executionArn"] = Arn,
        ["stateMachineArn"] = MachineArn,
        ["mapRunArn"] = MapRun?.Arn,
        ["itemCount"] = MapRun is null ? null : ItemCount,
        ["stateMachineVersionArn"] = VersionArn,
        ["name"] = Name,
        ["status"] = Status,
        ["startDate"] = Epoch.Seconds(Started),
        ["stopDate"] = Epoch.Seconds(Stopped),
        ["input"] = Input,
        ["output"] = Output,
        ["error"] = Error,
        ["cause"] = Cause,
        ["redriveCount"] = RedriveCount,
        ["redriveDate"] = Epoch.Seconds(Redriven),
        ["redriveStatus"] = !Unsuccessful ? "NOT_REDRIVABLE" : MapRun is null ? "REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN",
    };
}
