using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Templates;

namespace CmEtl.Aws.Tests;

/// <summary>
/// Templates with their parameters and references resolved to one account, so that they can be compared with what the cmdlets send.
/// </summary>
internal static partial class Templates
{
    public const string Function = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl:live";
    public const string Key = "arn:aws:kms:us-east-1:123456789012:key/1";
    public const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:cm-etl-db-Ab12Cd";
    public const string Queue = "arn:aws:sqs:us-east-1:123456789012:dead-letter";
    public const string Bucket = "cm-etl-manifests";

    /// <summary>Values by their names in CloudFormation and in Terraform.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["AWS::Partition"] = "aws", ["data.aws_partition.current.partition"] = "aws",
        ["AWS::Region"] = "us-east-1", ["data.aws_region.current.region"] = "us-east-1",
        ["AWS::AccountId"] = "123456789012", ["data.aws_caller_identity.current.account_id"] = "123456789012",
        ["AWS::URLSuffix"] = "amazonaws.com", ["data.aws_partition.current.dns_suffix"] = "amazonaws.com",
        ["FunctionName"] = "cm-etl", ["var.function_name"] = "cm-etl",
        ["StateMachineName"] = "cm-etl-pipeline-state-machine", ["var.state_machine_name"] = "cm-etl-pipeline-state-machine",
        ["FunctionAlias"] = Function, ["aws_lambda_alias.live.arn"] = Function,
        ["DatabaseSecretArn"] = Secret, ["var.database_secret_arn"] = Secret,
        ["DatabaseResourceId"] = "db-ABC", ["var.database_resource_id"] = "db-ABC",
        ["DatabaseUser"] = "cm_worker", ["var.database_user"] = "cm_worker",
        ["KmsKeyArn"] = Key, ["var.kms_key_arn"] = Key,
        ["DeadLetterQueue.Arn"] = Queue, ["aws_sqs_queue.dead_letter.arn"] = Queue,
        ["ManifestBucket"] = Bucket, ["aws_s3_bucket.manifest.bucket"] = Bucket,
    };

    public static TemplateOptions Options(string definition, DatabaseLogin login = DatabaseLogin.Secret, bool vpc = true,
        bool kms = false) => new()
    {
        Definition = DefinitionTemplate.BuiltIn(definition), PackageSha256 = Convert.ToBase64String(new byte[32]),
            PackageName = "cmetl-lambda-000000000000.zip", Login = login, Vpc = vpc,
        Kms = kms, Substitutions = definition == PipelineDefinition.Sequential
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["MaxConcurrency"] = "7" },
    };

    public static JsonObject CloudFormation(TemplateOptions options) =>
        Resolve(JsonNode.Parse(InfrastructureTemplate.Write(TemplateFormat.CloudFormation, options))!)!.AsObject();

    public static JsonObject Terraform(TemplateOptions options) =>
        Resolve(JsonNode.Parse(InfrastructureTemplate.Write(TemplateFormat.Terraform, options))!)!.AsObject();

    private static JsonNode? Resolve(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } o when o["Ref"] is { } name => Value((string)name!),
        JsonObject { Count: 1 } o when o["Fn::GetAtt"] is JsonArray { Count: 2 } path => Value($"{path[0]}.{path[1]}"),
        JsonObject { Count: 1 } o when o["Fn::Sub"] is { } text => Text((string)text!),
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Resolve(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Resolve)]),
        JsonValue v when v.TryGetValue<string>(out var text) => Text(text),
        _ => node?.DeepClone(),
    };

    private static string Value(string name) => Values.GetValueOrDefault(name, $"${{{name}}}");

    private static string Text(string text) => Expression().Replace(text, m => Value(m.Groups[1].Value));

    [GeneratedRegex(@"\$\{([^}!]+)\}")]
    private static partial Regex Expression();
}
