namespace CmEtl.Aws.StepFunctions;

/// <summary>One map run of a list.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_MapRunListItem.html</remarks>
public sealed record MapRunListItem
{
    /// <summary>The execution it belongs to.</summary>
    public string ExecutionArn { get; init; } = "";

    /// <summary>The map run.</summary>
    public string MapRunArn { get; init; } = "";

    /// <summary>Its machine.</summary>
    public string StateMachineArn { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset StartDate { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StopDate { get; init; }
}
