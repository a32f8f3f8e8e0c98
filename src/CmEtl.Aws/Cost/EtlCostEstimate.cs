namespace CmEtl.Aws.Cost;

/// <summary>What one execution costs, in US dollars.</summary>
/// <param name="Lambda">Memory and time of the function, and its calls.</param>
/// <param name="StepFunctions">State transitions.</param>
/// <param name="GigabyteSeconds">Billed memory and time.</param>
/// <param name="Transitions">Billed state transitions.</param>
public sealed record EtlCostEstimate(decimal Lambda, decimal StepFunctions, decimal GigabyteSeconds, long Transitions)
{
    /// <summary>The definition it is for.</summary>
    public string DefinitionFile { get; init; } = "";

    /// <summary>What the function writes to CloudWatch Logs.</summary>
    public decimal Logs { get; init; }

    /// <summary>Requests to S3: manifest and results of a Distributed Map.</summary>
    public decimal S3 { get; init; }

    /// <summary>Hours of NAT gateways and interface endpoints.</summary>
    public decimal Network { get; init; }

    /// <summary>All of it.</summary>
    public decimal Total => Lambda + StepFunctions + Logs + S3 + Network;
}
