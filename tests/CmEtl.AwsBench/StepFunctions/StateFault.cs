namespace CmEtl.AwsBench.StepFunctions;

/// <summary>A failed state, with the error that Retry and Catch compare.</summary>
internal sealed class StateFault(string error, string cause) : Exception(cause)
{
    public string Error { get; } = error;
}
