namespace CmEtl.Aws.StepFunctions;

/// <summary>Publishes the machine as it stands. The same revision is not published twice: the answer is the version there is.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html</remarks>
public sealed record PublishStateMachineVersionRequest
{
    /// <summary>The machine; with <c>:version</c> or <c>:alias</c> where the operation takes them.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Refuse when this is no longer the revision.</summary>
    public string? RevisionId { get; init; }

    /// <summary>A note.</summary>
    public string? Description { get; init; }
}
