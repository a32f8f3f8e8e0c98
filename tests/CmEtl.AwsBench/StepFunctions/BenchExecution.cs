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

    public string Status { get; set; } = "RUNNING";

    public DateTimeOffset Started { get; } = DateTimeOffset.UtcNow;

    public DateTimeOffset? Stopped { get; set; }

    public string? Output { get; set; }

    public string? Error { get; set; }

    public string? Cause { get; set; }

    public int RedriveCount { get; set; }

    public DateTimeOffset? Redriven { get; set; }

    /// <summary>The node call that runs it now.</summary>
    public long RunId { get; set; }

    public History History { get; } = new();

    public JsonObject Describe() => new()
    {
        ["executionArn"] = Arn,
        ["stateMachineArn"] = Machine.Arn,
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
        ["redriveStatus"] = Status is "FAILED" or "ABORTED" or "TIMED_OUT" ? "REDRIVABLE" : "NOT_REDRIVABLE",
    };
}
