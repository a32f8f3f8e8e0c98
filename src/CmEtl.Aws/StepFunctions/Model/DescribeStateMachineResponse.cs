namespace CmEtl.Aws.StepFunctions;

/// <summary>A machine as it stands.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html</remarks>
public sealed record DescribeStateMachineResponse
{
    /// <summary>The machine.</summary>
    public string StateMachineArn { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>ACTIVE or DELETING.</summary>
    public string Status { get; init; } = "";

    /// <summary>The definition, as JSON text.</summary>
    public string Definition { get; init; } = "";

    /// <summary>The execution role.</summary>
    public string RoleArn { get; init; } = "";

    /// <summary>STANDARD or EXPRESS.</summary>
    public string? Type { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreationDate { get; init; }

    /// <summary>Logging; null leaves it as it is.</summary>
    public LoggingConfiguration? LoggingConfiguration { get; init; }

    /// <summary>X-Ray; null leaves it as it is.</summary>
    public TracingConfiguration? TracingConfiguration { get; init; }

    /// <summary>The revision; null until the first update.</summary>
    public string? RevisionId { get; init; }
}
