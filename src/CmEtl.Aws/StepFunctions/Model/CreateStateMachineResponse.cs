namespace CmEtl.Aws.StepFunctions;

/// <summary>The machine created.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html</remarks>
public sealed record CreateStateMachineResponse
{
    /// <summary>The machine.</summary>
    public string StateMachineArn { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset CreationDate { get; init; }
}
