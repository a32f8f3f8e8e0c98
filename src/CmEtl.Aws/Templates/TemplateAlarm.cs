namespace CmEtl.Aws.Templates;

/// <summary>An alarm on one metric, over one period.</summary>
/// <param name="Name">Name in the template. The name of the alarm begins with the function name.</param>
/// <param name="Description">What happened and what to do.</param>
/// <param name="Namespace">Namespace of the metric.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Dimension">Name and value of the dimension.</param>
/// <param name="Threshold">Value of the statistic at which the alarm is raised.</param>
internal sealed record TemplateAlarm(string Name, string Description, string Namespace, string Metric,
    (string Name, string Value) Dimension, int Threshold = 1);
