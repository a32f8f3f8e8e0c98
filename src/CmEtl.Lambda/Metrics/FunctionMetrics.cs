using System.Text.Json;
using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Writes metrics as log lines, from which CloudWatch creates them without a request and without a permission of the role:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html. The only dimension
/// is the name of the function, because every other value of a dimension would be billed as a separate metric. Run and chunk are fields of
/// the line and can be searched.
/// </summary>
/// <param name="logs">Writes the lines.</param>
/// <param name="namespace">Namespace of the metrics. If it is empty, no metrics are written.</param>
/// <param name="function">Name of the function.</param>
internal sealed partial class FunctionMetrics(JsonLoggers logs, string @namespace, string function)
{
    /// <summary>The environment variable with the namespace.</summary>
    public const string Variable = "CMETL_METRIC_NAMESPACE";

    private const string Default = "CmEtl";
    private const string Off = "none";

    /// <summary>Reads the namespace. Throws <see cref="CmEtlException"/> if CloudWatch would refuse it.</summary>
    public static string ReadNamespace(string text) => text switch
    {
        "" => Default,
        Off => "",
        _ when Allowed().IsMatch(text) && !text.StartsWith("AWS/", StringComparison.OrdinalIgnoreCase) => text,
        _ => throw new CmEtlException(
            ErrorKind.Configuration, ErrorIds.InvalidSettings,
            $"{Variable} is not valid. It must be empty or have 1 to 255 letters, digits and . - _ / # :, and must not begin with AWS/.", "Correct the function's environment.")
        {
            Subject = Variable,
        },
    };

    /// <summary>A chunk that was done in this invocation. A skipped chunk is not counted again.</summary>
    public void Chunk(ChunkResult result)
    {
        if (!result.Skipped)
        {
            Write(
                new("ChunksDone", 1), new("ChunkSeconds", Math.Round(result.Duration.TotalSeconds, 3), "Seconds"), new("RowsUpdated", result.RowsConfirmed),
                new("RowsUnconfirmed", result.RowsUnconfirmed), new("RowsDeferred", result.RowsDeferred),
                new("RowsPerSecond", Math.Round(result.RowsPerSecond, 1), "Count/Second"));
        }
    }

    /// <summary>A verified run, which is completed and sweep-safe.</summary>
    public void Run(RunReply reply)
    {
        if (reply.Status == RunReply.Success)
        {
            Write(new("RunsVerified", 1), new("RunRowsUpdated", reply.RowsUpdated), new("RunRowsUnconfirmed", reply.RowsUnconfirmed));
        }
    }

    /// <summary>Whether there is no verified run at the time of the check.</summary>
    public void Overdue(bool overdue) => Write(new Metric("RunsOverdue", overdue ? 1 : 0));

    /// <summary>A failed invocation. Counted once in total, and once as retried or final.</summary>
    public void Failure(FunctionError error) => Write(
        new("Failures", 1), new(error.ErrorType is "CmEtl.Transient" or "CmEtl.Busy" ? "FailuresRetried" : "FailuresFinal", 1));

    private void Write(params IReadOnlyList<Metric> metrics)
    {
        if (@namespace.Length > 0)
        {
            logs.Write(json => WriteMembers(json, metrics));
        }
    }

    private void WriteMembers(Utf8JsonWriter json, IReadOnlyList<Metric> metrics)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", @namespace);
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        json.WriteStringValue("FunctionName");
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics");
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric.Name);
            json.WriteString("Unit", metric.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteString("FunctionName", function);
        foreach (var metric in metrics)
        {
            json.WriteNumber(metric.Name, metric.Value);
        }
    }

    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Namespace
    [GeneratedRegex("^[A-Za-z0-9._/#:-]{1,255}$")]
    private static partial Regex Allowed();
}
