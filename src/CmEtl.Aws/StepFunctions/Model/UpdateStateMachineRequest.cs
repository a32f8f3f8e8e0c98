namespace CmEtl.Aws.StepFunctions;

/// <summary>Changes what is not null.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html</remarks>
public sealed record UpdateStateMachineRequest
{
    /// <summary>The machine; with <c>:version</c> or <c>:alias</c> where the operation takes them.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>The definition, as JSON text.</summary>
    public string? Definition { get; init; }

    /// <summary>The execution role.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Logging; null leaves it as it is.</summary>
    public LoggingConfiguration? LoggingConfiguration { get; init; }

    /// <summary>X-Ray; null leaves it as it is.</summary>
    public TracingConfiguration? TracingConfiguration { get; init; }
}
