namespace CmEtl.Aws.StepFunctions;

/// <summary>Starts an execution. The same name and input while it is open answers the same execution; otherwise a used name is refused.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html</remarks>
public sealed record StartExecutionRequest
{
    /// <summary>The machine; with <c>:version</c> or <c>:alias</c> where the operation takes them.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Its name, unique for 90 days; CmEtl uses it as run id.</summary>
    public string? Name { get; init; }

    /// <summary>JSON text.</summary>
    public string? Input { get; init; }
}
