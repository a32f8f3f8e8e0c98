namespace CmEtl.Aws.StepFunctions;

/// <summary>Creates a state machine.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html</remarks>
public sealed record CreateStateMachineRequest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The definition, as JSON text.</summary>
    public required string Definition { get; init; }

    /// <summary>The execution role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>STANDARD or EXPRESS.</summary>
    public string? Type { get; init; }

    /// <summary>Logging; null leaves it as it is.</summary>
    public LoggingConfiguration? LoggingConfiguration { get; init; }

    /// <summary>X-Ray; null leaves it as it is.</summary>
    public TracingConfiguration? TracingConfiguration { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }
}
