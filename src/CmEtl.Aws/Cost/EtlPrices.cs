namespace CmEtl.Aws.Cost;

/// <summary>
/// Prices in US dollars, us-east-1, x86: https://aws.amazon.com/lambda/pricing/ and https://aws.amazon.com/step-functions/pricing/.
/// </summary>
/// <param name="GigabyteSecond">A function's memory for a second.</param>
/// <param name="Request">A function call.</param>
/// <param name="Transition">A state entered, a retry or a redrive, in a standard workflow.</param>
public sealed record EtlPrices(decimal GigabyteSecond = 0.0000166667m, decimal Request = 0.0000002m, decimal Transition = 0.000025m);
