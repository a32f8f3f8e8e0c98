namespace CmEtl.Aws.Cost;

/// <summary>
/// List prices in US dollars of us-east-1, x86, without free tiers, as of 2026-11-29, each compared with a price list of a third party.
/// Lambda: https://aws.amazon.com/lambda/pricing/. Step Functions: https://aws.amazon.com/step-functions/pricing/.
/// Logs: https://aws.amazon.com/cloudwatch/pricing/. S3: https://aws.amazon.com/s3/pricing/.
/// NAT gateway: https://aws.amazon.com/vpc/pricing/. Interface endpoint: https://aws.amazon.com/privatelink/pricing/.
/// </summary>
/// <param name="GigabyteSecond">Price of one GiB of a function's memory for one second.</param>
/// <param name="Request">Price of a function call.</param>
/// <param name="Transition">Price of a state entered, a retry or a redrive, in a standard workflow.</param>
public sealed record EtlPrices(decimal GigabyteSecond = 0.0000166667m, decimal Request = 0.0000002m, decimal Transition = 0.000025m)
{
    /// <summary>Price of a gigabyte written to CloudWatch Logs.</summary>
    public decimal LogGigabyte { get; init; } = 0.50m;

    /// <summary>Price of a PUT or LIST request to S3.</summary>
    public decimal S3Write { get; init; } = 0.000005m;

    /// <summary>Price of a GET request to S3.</summary>
    public decimal S3Read { get; init; } = 0.0000004m;

    /// <summary>Price of a NAT gateway for one hour.</summary>
    public decimal NatGatewayHour { get; init; } = 0.045m;

    /// <summary>Price of an interface endpoint in one availability zone for one hour.</summary>
    public decimal EndpointHour { get; init; } = 0.01m;
}
