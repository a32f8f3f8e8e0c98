namespace CmEtl.Aws.StepFunctions;

/// <summary>One machine of a list.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateMachineListItem.html</remarks>
public sealed record StateMachineListItem
{
    /// <summary>The machine.</summary>
    public string StateMachineArn { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>STANDARD or EXPRESS.</summary>
    public string? Type { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset CreationDate { get; init; }
}
