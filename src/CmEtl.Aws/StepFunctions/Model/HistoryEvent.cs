namespace CmEtl.Aws.StepFunctions;

/// <summary>One event; of the details those of its type are set.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html</remarks>
public sealed record HistoryEvent
{
    /// <summary>Counts from 1.</summary>
    public long Id { get; init; }

    /// <summary>The event it follows from.</summary>
    public long? PreviousEventId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>What happened.</summary>
    public string Type { get; init; } = "";

    /// <summary>Of a state entered.</summary>
    public StateEnteredEventDetails? StateEnteredEventDetails { get; init; }

    /// <summary>Of a state left.</summary>
    public StateExitedEventDetails? StateExitedEventDetails { get; init; }

    /// <summary>Of a function that failed.</summary>
    public ErrorEventDetails? LambdaFunctionFailedEventDetails { get; init; }

    /// <summary>Of a state that ran into its time limit.</summary>
    public ErrorEventDetails? LambdaFunctionTimedOutEventDetails { get; init; }

    /// <summary>Of a failed execution.</summary>
    public ErrorEventDetails? ExecutionFailedEventDetails { get; init; }

    /// <summary>Of a stopped execution.</summary>
    public ErrorEventDetails? ExecutionAbortedEventDetails { get; init; }

    /// <summary>Of an item begun.</summary>
    public MapIterationEventDetails? MapIterationStartedEventDetails { get; init; }

    /// <summary>Of an item done.</summary>
    public MapIterationEventDetails? MapIterationSucceededEventDetails { get; init; }

    /// <summary>Of an item failed.</summary>
    public MapIterationEventDetails? MapIterationFailedEventDetails { get; init; }
}
