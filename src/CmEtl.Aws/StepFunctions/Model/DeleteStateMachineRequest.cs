namespace CmEtl.Aws.StepFunctions;

/// <summary>Deletes a machine, its versions and aliases.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html</remarks>
public sealed record DeleteStateMachineRequest
{
    /// <summary>The machine; with <c>:version</c> or <c>:alias</c> where the operation takes them.</summary>
    public required string StateMachineArn { get; init; }
}
