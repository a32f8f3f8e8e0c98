using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CmEtl.Aws.Templates;

/// <summary>Numbers and policies that are the same in both template languages.</summary>
internal static class TemplateFacts
{
    /// <summary>
    /// An execution can be redriven for 14 days (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html) and then
    /// reads its manifest.
    /// </summary>
    public const int ManifestDays = 30;

    /// <summary>14 days, the maximum retention of an SQS message.</summary>
    public const int DeadLetterSeconds = 1_209_600;

    /// <summary>After an hour of failed starts, an operator must decide.</summary>
    public const int ScheduleAgeSeconds = 3_600;

    public const int ScheduleRetries = 10;

    public const int AlarmPeriod = 300;

    public const string Comparison = "GreaterThanOrEqualToThreshold";

    /// <summary>Metrics that count events have no data while no event occurs.</summary>
    public const string Missing = "notBreaching";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The length of a queue is a gauge. All other metrics are counts.</summary>
    public static string Statistic(TemplateAlarm alarm) => alarm.Namespace == "AWS/SQS" ? "Maximum" : "Sum";

    /// <summary>JSON in JSON without white space, because CloudFormation accepts at most 51,200 bytes per request.</summary>
    public static string Compact(JsonNode node) => node.ToJsonString(Relaxed);

    /// <summary>A policy that denies requests without TLS.</summary>
    public static JsonObject OnlyTls(string action, params string[] resources) => Policy(RefuseWithoutTls(action, resources));

    /// <summary>CloudWatch may publish alarms of this account, and only over TLS.</summary>
    public static JsonObject TopicPolicy() => Policy(
        new JsonObject
        {
            ["Sid"] = "AlarmsOfThisAccount", ["Effect"] = "Allow", ["Principal"] = new JsonObject { ["Service"] = "cloudwatch.amazonaws.com" },
            ["Action"] = "sns:Publish", ["Resource"] = "{{TopicArn}}",
            ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = "{{AccountId}}" } },
        },
        RefuseWithoutTls("sns:Publish", "{{TopicArn}}"));

    private static JsonObject RefuseWithoutTls(string action, params string[] resources) => new()
    {
        ["Sid"] = "OnlyTls", ["Effect"] = "Deny", ["Principal"] = new JsonObject { ["AWS"] = "*" }, ["Action"] = action,
        ["Resource"] = resources.Length == 1 ? resources[0] : new JsonArray([.. resources.Select(r => JsonValue.Create(r))]),
        ["Condition"] = new JsonObject { ["Bool"] = new JsonObject { ["aws:SecureTransport"] = "false" } },
    };

    private static JsonObject Policy(params JsonNode[] statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };
}
