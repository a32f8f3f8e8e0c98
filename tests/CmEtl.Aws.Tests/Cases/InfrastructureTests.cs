using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Deployment;
using CmEtl.Aws.Policies;
using CmEtl.Aws.Templates;
using CmEtl.AwsBench;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Aws.Tests;

/// <summary>The templates of both languages are equivalent to the cmdlets, and other tools can read them.</summary>
public sealed class InfrastructureTests
{
    /// <summary>Accepted findings of cdk-nag, apart from the wildcards of the policies, for which the policies state the reasons.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["AwsSolutions-S1 ManifestBucket"] = "The bucket holds numbers of chunks for 30 days; who reads them is not worth a log.",
        ["AwsSolutions-SQS3 DeadLetterQueue"] = "It is the dead-letter queue, of a scheduler, which the rule does not know.",
        ["Serverless-SQSRedrivePolicy DeadLetterQueue"] = "The same.",
        ["Serverless-LambdaDLQ Function"] = "Step Functions waits for its answer, and the schedule has a dead-letter queue of its own.",
        ["Serverless-LambdaStarPermissions FunctionRole"] = "Network interfaces and traces have no ARN before they exist.",
        ["Serverless-SNSRedrivePolicy TopicSubscription"] = "A mail that cannot be delivered is not worth a queue.",
    };

    public static TheoryData<string, DatabaseLogin, bool, bool> Deployments => new()
    {
        { PipelineDefinition.Sequential, DatabaseLogin.Secret, false, false },
            { PipelineDefinition.Chunked, DatabaseLogin.Iam, true, false },
        { PipelineDefinition.Chunked, DatabaseLogin.Secret, true, true }, { PipelineDefinition.Distributed, DatabaseLogin.Iam, true, true },
        { PipelineDefinition.Distributed, DatabaseLogin.Secret, false, false },
    };

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Policies_and_definition_are_those_of_the_cmdlets(string definition, DatabaseLogin login, bool vpc, bool kms)
    {
        var options = Templates.Options(definition, login, vpc, kms);
        var distributed = definition == PipelineDefinition.Distributed;
        var policies = new PolicySet(Templates.Function, options.StateMachineName, new Dictionary<string, string?>
        {
            ["DatabaseSecretArn"] = login == DatabaseLogin.Secret ? Templates.Secret : null, ["DatabaseResourceId"] = login == DatabaseLogin.Iam ? "db-ABC" : null,
            ["DatabaseUser"] = "cm_worker", ["KmsKeyArn"] = kms ? Templates.Key : null, ["SecretKmsKeyArn"] = kms ? Templates.Key : null,
            ["ManifestKmsKeyArn"] = kms ? Templates.Key : null, ["ManifestBucket"] = distributed ? Templates.Bucket : null, ["DeadLetterQueueArn"] = Templates.Queue,
            ["ScheduleGroup"] = options.StateMachineName, ["DeadlineFunctionArn"] = Templates.Function,
        }.Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value!),
            PolicyFeatures.Tracing | (vpc ? PolicyFeatures.Vpc : PolicyFeatures.None)).Render();
        // The template creates the log group, so the function need not be allowed to.
        var function = JsonNode.Parse(policies["function_role.json"])!;
        function["Statement"]!.AsArray().Remove(function["Statement"]!.AsArray().Single(s => (string?)s!["Sid"] == "CreateItsLog"));
        var expected = new[]
        {
            function, JsonNode.Parse(policies["function_role_trust.json"]), JsonNode.Parse(policies[distributed ? "execution_role_distributed.json" : "execution_role.json"]),
            JsonNode.Parse(policies["execution_role_trust.json"]), JsonNode.Parse(policies["scheduler_role.json"]), JsonNode.Parse(policies["scheduler_role_trust.json"]),
        };
        var values = new Dictionary<string, string> { ["LambdaFunctionArn"] = Templates.Function };
        if (definition != PipelineDefinition.Sequential)
        {
            values["MaxConcurrency"] = "7";
        }

        if (distributed)
        {
            values["ManifestBucket"] = Templates.Bucket;
        }

        var machine = JsonNode.Parse(PipelineDefinition.Render(DefinitionTemplate.BuiltIn(definition), values))!;

        var resources = Templates.CloudFormation(options)["Resources"]!;
        string[] roles = ["Function", "Execution", "Scheduler"];
        AssertEqual(expected, roles.SelectMany(r => new[]
        {
            resources[$"{r}Role"]!["Properties"]!["Policies"]![0]!["PolicyDocument"], resources[$"{r}Role"]!["Properties"]!["AssumeRolePolicyDocument"],
        }));
        AssertEqual([machine], [JsonNode.Parse((string)resources["StateMachine"]!["Properties"]!["DefinitionString"]!)]);

        var terraform = Templates.Terraform(options)["resource"]!;
        AssertEqual(expected, roles.Select(r => r.ToLowerInvariant()).SelectMany(r => new[]
        {
            JsonNode.Parse((string)terraform["aws_iam_role_policy"]![r]!["policy"]!), JsonNode.Parse((string)terraform["aws_iam_role"]![r]!["assume_role_policy"]!),
        }));
        AssertEqual([machine], [JsonNode.Parse((string)terraform["aws_sfn_state_machine"]!["etl"]!["definition"]!)]);
    }

    [Fact]
    public async Task The_function_equals_the_one_that_Publish_CmLambda_creates()
    {
        using var host = new LambdaHost(new LambdaAccount { Verifier = new SigV4Verifier("AKIDBENCH", "bench-secret", "lambda") });
        using var client = Bench.NewLambda(host.Endpoint);
        await new FunctionPublisher(client).PublishAsync(
            new() { Name = "cm-etl", Package = new PackageFile(FunctionBench.Zip("one"), null), RoleArn = FunctionBench.Role,
                Tracing = true }, default);
        var made = (await client.GetFunctionAsync(new() { FunctionName = "cm-etl" })).Configuration;

        var template =
            JsonNode.Parse(InfrastructureTemplate.Write(TemplateFormat.CloudFormation, Templates.Options(PipelineDefinition.Chunked)))!;
        var function = template["Resources"]!["Function"]!["Properties"]!;
        var parameters = template["Parameters"]!;

        Assert.Equal(
            (made.Runtime!.Value, made.Handler, made.Architectures![0], $"{made.MemorySize}", $"{made.Timeout}", made.TracingConfig!.Mode!.Value),
            ((string?)function["Runtime"], (string?)function["Handler"], (string?)function["Architectures"]![0], (string?)parameters["MemorySize"]!["Default"],
                (string?)parameters["Timeout"]!["Default"], (string?)function["TracingConfig"]!["Mode"]));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Both_languages_say_the_same(string definition, DatabaseLogin login, bool vpc, bool kms)
    {
        var options = Templates.Options(definition, login, vpc, kms);
        var text = InfrastructureTemplate.Write(TemplateFormat.CloudFormation, options);
        Assert.InRange(text.Length, 1, 51_200);
        Assert.DoesNotContain("{{", text + InfrastructureTemplate.Write(TemplateFormat.Terraform, options), StringComparison.Ordinal);
        var (cloud, terraform) = (Templates.CloudFormation(options), Templates.Terraform(options));

        Assert.Equal(
            cloud["Parameters"]!.AsObject().Select(p => (Plain(p.Key), $"{p.Value!["Default"]}", (string?)p.Value["Description"])),
            terraform["variable"]!.AsObject().Select(p => (Plain(p.Key), $"{p.Value!["default"]}", (string?)p.Value["description"])));
        var alarms = Of(cloud, "AWS::CloudWatch::Alarm").Select(a => (
            $"{a["Namespace"]} {a["MetricName"]} {a["Dimensions"]![0]!["Name"]}",
                $"{a["Statistic"]} {a["Period"]} {a["EvaluationPeriods"]} {a["Threshold"]} {a["ComparisonOperator"]}",
                $"{a["TreatMissingData"]}"));
        Assert.Equal(alarms, terraform["resource"]!["aws_cloudwatch_metric_alarm"]!.AsObject().Select(p => p.Value!).Select(a => (
            $"{a["namespace"]} {a["metric_name"]} {a["dimensions"]!.AsObject().Single().Key}",
                $"{a["statistic"]} {a["period"]} {a["evaluation_periods"]} {a["threshold"]} {a["comparison_operator"]}",
                $"{a["treat_missing_data"]}")));
        Assert.Equal(8, alarms.Count());
        Assert.Equal(
            Of(cloud, "AWS::Scheduler::Schedule").Select(s => (Plain($"{s["ScheduleExpression"]}"), $"{s["Target"]!["Input"]}".Replace("${DeadlineHours}", "", StringComparison.Ordinal))),
            terraform["resource"]!["aws_scheduler_schedule"]!.AsObject().Select(p => p.Value!)
                .Select(s => (Plain($"{s["schedule_expression"]}"), $"{s["target"]!["input"]}".Replace("${var.deadline_hours}", "", StringComparison.Ordinal))));
        Assert.Equal(
            Of(cloud, "AWS::Lambda::Function").Single()["Environment"]!["Variables"]!.AsObject().Select(v => (v.Key, Plain($"{v.Value}"))),
            terraform["resource"]!["aws_lambda_function"]!["etl"]!["environment"]!["variables"]!.AsObject().Select(v => (v.Key, Plain($"{v.Value}"))));
    }

    [NodeFact]
    public async Task The_CDK_reads_it_and_all_findings_of_cdk_nag_are_justified()
    {
        var options = Templates.Options(PipelineDefinition.Distributed, DatabaseLogin.Iam, vpc: true, kms: true);
        var template = InfrastructureTemplate.Write(TemplateFormat.CloudFormation, options);
        var answer = await ReadAsync("cloudformation.mjs", template);

        Assert.Equal(30, answer["resources"]!.AsArray().Count);
        var findings = answer["findings"]!.AsArray().Select(f => (string)f!).Order(StringComparer.Ordinal).ToList();
        Assert.Empty(findings.Where(f => !f.StartsWith("AwsSolutions-IAM5[", StringComparison.Ordinal)).Except(Reasons.Keys));
        // An alarm on a metric that does not exist never rings.
        Assert.Equal(
            answer["metrics"]!.AsArray().Select(m => (string)m!).Order(StringComparer.Ordinal),
            Of(JsonNode.Parse(template)!.AsObject(), "AWS::CloudWatch::Alarm").Where(a => ((string)a["Namespace"]!).StartsWith("AWS/", StringComparison.Ordinal))
                .Select(a => $"{a["Namespace"]} {a["MetricName"]} {a["Dimensions"]!.AsArray().Single()!["Name"]}").Order(StringComparer.Ordinal));
    }

    [NodeFact]
    public async Task A_wrong_template_is_refused_by_the_readers()
    {
        var options = Templates.Options(PipelineDefinition.Distributed);
        var cloud = InfrastructureTemplate.Write(TemplateFormat.CloudFormation, options).Replace("\"EvaluationPeriods\": 1", "\"EvaluationPeriods\": \"often\"", StringComparison.Ordinal);
        var terraform = InfrastructureTemplate.Write(TemplateFormat.Terraform, options);

        await RefuseAsync("cloudformation.mjs", cloud, "evaluationPeriods");
        await RefuseAsync("terraform.mjs", terraform.Replace("\"alarm_actions\"", "\"alarm_action\"", StringComparison.Ordinal), "alarmAction");
        await RefuseAsync("terraform.mjs", terraform.Replace("aws_sns_topic.alarms.arn", "aws_sns_topic.alarms.arm", StringComparison.Ordinal), "no attribute arm");
    }

    [NodeFact]
    public async Task The_types_of_the_Terraform_provider_fit()
    {
        var options = Deployments.Select(d => Templates.Options((string)d[0], (DatabaseLogin)d[1], (bool)d[2], (bool)d[3])).ToList();
        var answer = await ReadAsync("terraform.mjs", [.. options.Select(o => InfrastructureTemplate.Write(TemplateFormat.Terraform, o))]);
        Assert.Equal(options.Select(o => o.HasBucket ? 35 : 29), answer.AsArray().Select(a => (int)a!["resources"]!));
    }

    private static async Task<JsonNode> ReadAsync(string reader, params string[] templates)
    {
        var (code, output) = await RunAsync(reader, templates);
        Assert.True(code == 0, output);
        return JsonNode.Parse(output)!;
    }

    private static async Task RefuseAsync(string reader, string template, string what)
    {
        var (code, output) = await RunAsync(reader, template);
        Assert.NotEqual(0, code);
        Assert.Contains(what, output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string reader, params string[] templates)
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-templates-");
        var files = templates.Select((_, i) => Path.Combine(folder.FullName, $"{i}.json")).ToArray();
        try
        {
            foreach (var (file, template) in files.Zip(templates))
            {
                await File.WriteAllTextAsync(file, template);
            }

            return await NodePackages.ReadAsync([reader, .. files]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<JsonNode> Of(JsonObject template, string type) =>
        template["Resources"]!.AsObject().Select(r => r.Value!).Where(r => (string?)r["Type"] == type).Select(r => r["Properties"]!);

    private static string Plain(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("var.", "", StringComparison.Ordinal).ToLowerInvariant();

    private static void AssertEqual(IEnumerable<JsonNode?> expected, IEnumerable<JsonNode?> actual) =>
        Assert.Equal(expected.Select(e => Sorted(e)!.ToJsonString()), actual.Select(a => Sorted(a)!.ToJsonString()));

    // The order of members is irrelevant, and so are duplicate values, which occur in partitions where a service has the same name twice.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o =>
            new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a when a.All(i => i is JsonValue) && a.Select(i => i!.ToString()).Distinct().ToList() is [var only] =>
            JsonValue.Create(only),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
