namespace CmEtl.Aws.StepFunctions;

/// <summary>What an update made.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html</remarks>
public sealed record UpdateStateMachineResponse
{
    /// <summary>When.</summary>
    public DateTimeOffset UpdateDate { get; init; }

    /// <summary>The revision, to publish exactly this one.</summary>
    public string? RevisionId { get; init; }
}
