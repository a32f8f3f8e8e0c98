namespace CmEtl.Aws.Templates;

/// <summary>An alarm on one metric, over one period.</summary>
/// <param name="Name">Its name in the template; the alarm's own name begins with that of the function.</param>
/// <param name="Description">What has happened, and what to do.</param>
/// <param name="Namespace">Namespace of the metric.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Dimension">Its dimension, and the dimension's value.</param>
/// <param name="Threshold">Alarms from this sum of a period on.</param>
internal sealed record TemplateAlarm(string Name, string Description, string Namespace, string Metric,
    (string Name, string Value) Dimension, int Threshold = 1);
