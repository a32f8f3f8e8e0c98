using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>An execution in memory. It keeps the definition it was started with.</summary>
internal sealed class BenchExecution
{
    public required string Arn { get; init; }

    public required string Name { get; init; }

    public required BenchMachine Machine { get; init; }

    public string? VersionArn { get; init; }

    public required string Definition { get; init; }

    public required string Input { get; init; }

    /// <summary>The Map Run that it is a child of.</summary>
    public MapRun? MapRun { get; init; }

    /// <summary>Items that a child was given.</summary>
    public int ItemCount { get; init; }

    /// <summary>PENDING is a child that its Map Run has not started.</summary>
    public string Status { get; set; } = "RUNNING";

    public DateTimeOffset Started { get; set; } = DateTimeOffset.UtcNow;

    public DateTimeOffset? Stopped { get; set; }

    public string? Output { get; set; }

    public string? Error { get; set; }

    public string? Cause { get; set; }

    public int RedriveCount { get; set; }

    public DateTimeOffset? Redriven { get; set; }

    /// <summary>The node call that runs it now.</summary>
    public long RunId { get; set; }

    public History History { get; } = new();

    /// <summary>A child's machine is its parent's with the Map's label behind.</summary>
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
