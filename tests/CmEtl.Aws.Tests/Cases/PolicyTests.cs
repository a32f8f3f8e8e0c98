using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Tests;

public sealed class PolicyTests
{
    /// <summary>AWS offers no narrower resource for these: log delivery, tracing, network interfaces, lists.</summary>
    private static readonly string[] OnAnything = ["DeliverLogs", "Trace", "JoinTheVpc", "FindAndValidate"];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Path.Combine(Definitions.Folder, "policies"), "*.json").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_statement_allows_more_than_it_names(string file)
    {
        foreach (var statement in Statements(file))
        {
            Assert.Equal("Allow", (string?)statement["Effect"]);
            Assert.All(Strings(statement["Action"]), action => Assert.DoesNotContain('*', action));
            if (!OnAnything.Contains((string?)statement["Sid"]))
            {
                Assert.DoesNotContain("*", Strings(statement["Resource"]));
                Assert.All(Strings(statement["Resource"]), r => Assert.DoesNotContain(":*:", r, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_distributed_map_may_do_what_it_needs_and_a_redrive_too()
    {
        var statements = Statements("execution_role_distributed.json").ToList();
        Assert.Contains(statements, s => Strings(s["Action"]).Contains("states:StartExecution") && Strings(s["Resource"]).All(r => r.Contains(":stateMachine:", StringComparison.Ordinal)));
        var lead = Assert.Single(statements, s => Strings(s["Action"]).Contains("states:RedriveExecution"));
        Assert.Superset(new HashSet<string> { "states:DescribeExecution", "states:StopExecution" }, Strings(lead["Action"]).ToHashSet());
        Assert.All(Strings(lead["Resource"]), r => Assert.Contains(":execution:", r, StringComparison.Ordinal));
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

    private static List<string> Strings(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => [.. many.Select(n => (string)n!)],
        _ => [(string)node!],
    };
}
