namespace CmEtl.Lambda;

/// <summary>One value of a metric in CloudWatch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Count, Seconds or Count/Second:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html.</param>
internal sealed record Metric(string Name, double Value, string Unit = Metric.Count)
{
    public const string Count = "Count";
}
