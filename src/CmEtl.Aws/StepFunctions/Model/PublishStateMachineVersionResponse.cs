namespace CmEtl.Aws.StepFunctions;

/// <summary>The version.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html</remarks>
public sealed record PublishStateMachineVersionResponse
{
    /// <summary>The version.</summary>
    public string StateMachineVersionArn { get; init; } = "";

    /// <summary>When it was published.</summary>
    public DateTimeOffset CreationDate { get; init; }
}
