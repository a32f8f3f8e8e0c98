namespace CmEtl.Aws.Cost;

/// <summary>Estimated cost of one execution, in US dollars.</summary>
/// <param name="Lambda">Cost of the function's memory, time and calls.</param>
/// <param name="StepFunctions">Cost of state transitions.</param>
/// <param name="GigabyteSeconds">Billed memory multiplied by time, in GiB-seconds.</param>
/// <param name="Transitions">Number of billed state transitions.</param>
public sealed record EtlCostEstimate(decimal Lambda, decimal StepFunctions, decimal GigabyteSeconds, long Transitions)
{
    /// <summary>File name of the definition.</summary>
    public string DefinitionFile { get; init; } = "";

    /// <summary>Cost of the function's logs in CloudWatch Logs.</summary>
    public decimal Logs { get; init; }

    /// <summary>Cost of S3 requests for manifest and results of a Distributed Map.</summary>
    public decimal S3 { get; init; }

    /// <summary>Cost of NAT gateways and interface endpoints.</summary>
    public decimal Network { get; init; }

    /// <summary>Total cost.</summary>
    public decimal Total => Lambda + StepFunctions + Logs + S3 + Network;
}
