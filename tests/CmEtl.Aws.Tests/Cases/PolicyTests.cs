using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Tests;

public sealed class PolicyTests
{
    /// <summary>AWS does not support narrower resources for these: log delivery, tracing, network interfaces, metrics, lists.</summary>
    private static readonly string[] OnAnything =
    [
        "DeliverLogs", "Trace", "TraceTheFunction", "JoinTheVpc", "NoNetworkForTheCode", "FindTheNetwork", "FindAndValidate", "FindTheStateMachine",
        "ReadMetricsAndAlarms",
    ];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Definitions.Folder, "policies"), "*.json").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_statement_allows_more_than_it_names(string file)
    {
        foreach (var statement in Statements(file))
        {
            Assert.Equal((string?)statement["Sid"] == "NoNetworkForTheCode" ? "Deny" : "Allow", (string?)statement["Effect"]);
            Assert.All(Strings(statement["Action"]), action => Assert.DoesNotContain('*', action));
            if (!OnAnything.Contains((string?)statement["Sid"]))
            {
                Assert.DoesNotContain("*", Strings(statement["Resource"]));
                Assert.All(Strings(statement["Resource"]), r => Assert.DoesNotContain(":*:", r, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_distributed_map_and_a_redrive_have_the_rights_they_need()
    {
        var statements = Statements("execution_role_distributed.json").ToList();
        Assert.Contains(statements, s => Strings(s["Action"]).Contains("states:StartExecution") && Strings(s["Resource"]).All(r => r.Contains(":stateMachine:", StringComparison.Ordinal)));
        var lead = Assert.Single(statements, s => Strings(s["Action"]).Contains("states:RedriveExecution"));
        Assert.Superset(new HashSet<string> { "states:DescribeExecution", "states:StopExecution" }, Strings(lead["Action"]).ToHashSet());
        Assert.All(Strings(lead["Resource"]), r => Assert.Contains(":execution:", r, StringComparison.Ordinal));
    }

    /// <summary>Role, action, and an object that the distributed machine reads or writes when it runs with the same values.</summary>
    [Theory]
    [InlineData("function_role.json", "s3:PutObject", "cmetl/manifest/night-1.json", true)]
    [InlineData("function_role.json", "s3:PutObject", "cmetl/result/x/manifest.json", false)]
    [InlineData("execution_role_distributed.json", "s3:GetObject", "cmetl/manifest/night-1.json", true)]
    [InlineData("execution_role_distributed.json", "s3:PutObject", "cmetl/manifest/night-1.json", false)]
    [InlineData("execution_role_distributed.json", "s3:PutObject", "cmetl/result/x/manifest.json", true)]
    [InlineData("execution_role_distributed.json", "s3:GetObject", "cmetl/result/x/manifest.json", true)]
    public void A_role_may_touch_the_objects_it_needs_and_no_others(string file, string action, string key, bool allowed)
    {
        var map = JsonNode.Parse(Definitions.Render("etl_pipeline_phase2_distributed"))!["States"]!;
        var bucket = (string)map["ProcessTask02Chunks"]!["ItemReader"]!["Parameters"]!["Bucket"]!;
        // The Map reads what the function writes.
        Assert.Equal(bucket, (string?)map["GetTask02Chunks"]!["Parameters"]!["manifest_bucket"]);
        Assert.Equal(
            (string?)map["ProcessTask02Chunks"]!["ItemReader"]!["Parameters"]!["Key.$"], (string?)map["GetTask02Chunks"]!["Parameters"]!["manifest_key.$"]);
        Assert.StartsWith("States.Format('cmetl/manifest/{}.json'", (string?)map["GetTask02Chunks"]!["Parameters"]!["manifest_key.$"], StringComparison.Ordinal);
        Assert.Equal((bucket, PipelineDefinition.ResultPrefix), ((string?)map["ProcessTask02Chunks"]!["ResultWriter"]!["Parameters"]!["Bucket"], (string?)map["ProcessTask02Chunks"]!["ResultWriter"]!["Parameters"]!["Prefix"]));

        var resources = Statements(file).Where(s => Strings(s["Action"]).Contains(action)).SelectMany(s => Strings(s["Resource"]))
            .Select(r => r.Replace("${Partition}", "aws", StringComparison.Ordinal).Replace("${ManifestBucket}", bucket, StringComparison.Ordinal)
                .Replace("${ManifestPrefix}", PipelineDefinition.ManifestPrefix, StringComparison.Ordinal)
                    .Replace("${ResultPrefix}", PipelineDefinition.ResultPrefix, StringComparison.Ordinal));
        Assert.Equal(allowed, resources.Any(r => r.EndsWith('*') && $"arn:aws:s3:::{bucket}/{key}".StartsWith(r[..^1], StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_our_machine_may_take_the_role()
    {
        var condition = Statements("execution_role_trust.json").Single()["Condition"]!;
        Assert.NotNull(condition["StringEquals"]!["aws:SourceAccount"]);
        Assert.NotNull(condition["ArnLike"]!["aws:SourceArn"]);
    }

    [Fact]
    public void A_role_is_passed_to_one_service_only() => Assert.All(
        Statements("deployer.json").Where(s => Strings(s["Action"]).Contains("iam:PassRole")),
        s => Assert.NotNull(s["Condition"]!["StringEquals"]!["iam:PassedToService"]));

    [Fact]
    public void The_policies_are_in_the_assembly() =>
        Assert.Contains("LambdaFunctionArn", DefinitionTemplate.BuiltIn("policies/execution_role.json").Placeholders);

    private static IEnumerable<JsonObject> Statements(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Definitions.Folder, "policies", file)))!["Statement"]!.AsArray().Select(s => s!.AsObject());

    private static List<string> Strings(JsonNode? node) => IamPolicy.Strings(node);
}
