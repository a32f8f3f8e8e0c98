namespace CmEtl.Aws.StepFunctions;

/// <summary>X-Ray tracing.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_TracingConfiguration.html</remarks>
public sealed record TracingConfiguration
{
    /// <summary>Whether it is on.</summary>
    public bool? Enabled { get; init; }
}
