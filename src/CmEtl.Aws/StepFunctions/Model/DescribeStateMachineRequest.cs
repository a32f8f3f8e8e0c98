namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for a machine.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html</remarks>
public sealed record DescribeStateMachineRequest
{
    /// <summary>The machine; with <c>:version</c> or <c>:alias</c> where the operation takes them.</summary>
    public required string StateMachineArn { get; init; }
}
