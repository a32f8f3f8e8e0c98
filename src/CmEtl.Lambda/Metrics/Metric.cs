namespace CmEtl.Lambda;

/// <summary>A value of a CloudWatch metric.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Value">Value of the metric.</param>
/// <param name="Unit">Count, Seconds or Count/Second:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html.</param>
internal sealed record Metric(string Name, double Value, string Unit = Metric.Count)
{
    public const string Count = "Count";
}
