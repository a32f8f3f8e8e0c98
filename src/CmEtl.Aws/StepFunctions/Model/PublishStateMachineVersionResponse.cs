namespace CmEtl.Aws.StepFunctions;

/// <summary>The version. https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html</summary>
public sealed record PublishStateMachineVersionResponse
{
    /// <summary>The version.</summary>
    public string StateMachineVersionArn { get; init; } = "";

    /// <summary>When it was published.</summary>
    public DateTimeOffset CreationDate { get; init; }
}
