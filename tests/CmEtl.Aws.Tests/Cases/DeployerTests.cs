using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Deployment;
using CmEtl.AwsBench.StepFunctions;

namespace CmEtl.Aws.Tests;

public sealed class DeployerTests
{
    private static readonly string[] Writes = ["CreateStateMachine", "UpdateStateMachine", "TagResource", "UntagResource", "CreateStateMachineAlias", "UpdateStateMachineAlias"];

    private static StateMachineSpec Spec => new()
    {
        Name = "cm-etl", Definition = Definitions.Render("etl_pipeline_phase2_chunked"), RoleArn = Bench.Role, Tracing = true, Alias = "live",
        Tags = new Dictionary<string, string> { ["project"] = "cmetl" },
        Logging = new()
        {
            Level = "ERROR", IncludeExecutionData = false,
            Destinations = [new() { CloudWatchLogsLogGroup = new() { LogGroupArn = "arn:aws:logs:us-east-1:123456789012:log-group:cm-etl:*" } }],
        },
    };

    [NodeFact]
    public async Task The_second_deployment_changes_nothing()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        var first = await deployer.DeployAsync(Spec, default);
        Assert.True(first.Created);
        bench.Server.Calls.Clear();
        var second = await deployer.DeployAsync(Spec, default);
        Assert.Equal((false, false, first.Version, first.AliasArn), (second.Created, second.Updated, second.Version, second.AliasArn));
        Assert.Empty(second.Changes);
        Assert.Empty(bench.Server.Calls.Intersect(Writes));
    }

    [NodeFact]
    public async Task An_update_reports_its_changes_keeps_the_role_and_moves_the_alias()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        var first = await deployer.DeployAsync(Spec, default);
        var changed = Spec with { RoleArn = null, Logging = null, Tracing = null, Tags = null,
            Definition = Spec.Definition.Replace("\"MaxConcurrency\": 5", "\"MaxConcurrency\": 9", StringComparison.Ordinal) };
        var preview = await deployer.PreviewAsync(changed, default);
        var second = await deployer.DeployAsync(changed, default);
        Assert.Equal([new JsonChange("States.ProcessTask02Chunks.MaxConcurrency", "5", "9")], second.Changes);
        Assert.Equal(second.Changes, preview.Changes);
        Assert.True(second.Updated);
        Assert.Equal((first.StateMachineArn + ":1", first.StateMachineArn + ":2", first.AliasArn),
            (first.Version, second.Version, second.AliasArn));
        var now = await bench.Client.DescribeStateMachineAsync(new() { StateMachineArn = second.StateMachineArn! }, default);
        Assert.Equal((Bench.Role, "ERROR", true), (now.RoleArn, now.LoggingConfiguration?.Level?.Value, now.TracingConfiguration?.Enabled));
        var alias = await bench.Client.DescribeStateMachineAliasAsync(new() { StateMachineAliasArn = second.AliasArn! }, default);
        Assert.Equal(second.Version, Assert.Single(alias.RoutingConfiguration).StateMachineVersionArn);
    }

    [NodeFact]
    public async Task Tags_alone_do_not_touch_the_machine()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        await deployer.DeployAsync(Spec, default);
        bench.Server.Calls.Clear();
        var result = await deployer.DeployAsync(Spec with { Tags = new Dictionary<string, string> { ["team"] = "data" } }, default);
        Assert.Equal(["Tags.project", "Tags.team"], result.Changes.Select(c => c.Path));
        Assert.DoesNotContain("UpdateStateMachine", bench.Server.Calls);
        var tag = Assert.Single(
            (await bench.Client.ListTagsForResourceAsync(new() { ResourceArn = result.StateMachineArn! }, default)).Tags!);
        Assert.Equal(("team", "data"), (tag.Key, tag.Value));
    }

    [NodeFact]
    public async Task A_machine_on_a_later_page_is_found()
    {
        await using var bench = await Bench.StartAsync(options: new BenchOptions { PageSize = 1 });
        var deployer = new StateMachineDeployer(bench.Client);
        foreach (var name in new[] { "a", "b", "cm-etl" })
        {
            await deployer.DeployAsync(Spec with { Name = name }, default);
        }

        Assert.False((await deployer.DeployAsync(Spec, default)).Created);
    }

    [NodeFact]
    public async Task A_lookup_that_fails_is_an_error_and_creates_nothing()
    {
        await using var bench = await Bench.StartAsync();
        bench.Server.Faults.Enqueue(("ListStateMachines", "AccessDeniedException", 400));
        var error = await Assert.ThrowsAsync<AmazonServiceException>(() =>
            new StateMachineDeployer(bench.Client).DeployAsync(Spec, default));
        Assert.Equal("AccessDeniedException", error.ErrorCode);
        Assert.Empty(bench.Server.Calls.Intersect(Writes));
    }

    [NodeFact]
    public async Task A_definition_that_is_wrong_here_or_there_touches_nothing()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        await Assert.ThrowsAsync<DefinitionException>(() => deployer.DeployAsync(Spec with { Definition = Definitions.Read("etl_pipeline") }, default));
        Assert.Empty(bench.Server.Calls);
        // The bench's schema requires white space in an expression, which neither AWS nor CmEtl does.
        const string OnlyThere = """{"StartAt":"A","States":{"A":{"Type":"Pass","QueryLanguage":"JSONata","Output":"{%10%}","End":true}}}""";
        var there = Spec with { Definition = OnlyThere };
        Assert.NotEmpty((await Assert.ThrowsAsync<DefinitionException>(() => deployer.DeployAsync(there, default))).Findings);
        Assert.Equal(["ValidateStateMachineDefinition"], bench.Server.Calls);
    }

    [NodeFact]
    public async Task A_preview_reports_errors_of_the_service()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        var noGroup =
            Spec.Logging!.Destinations!.ConvertAll(_ => new LogDestination { CloudWatchLogsLogGroup = new() { LogGroupArn = "arn:aws:logs:us-east-1:1:log-group:x" } });
        (StateMachineSpec Spec, string Words)[] refused =
        [
            (Spec with { RoleArn = null }, "give its execution role"),
            (Spec with { RoleArn = "arn:aws:iam::123456789012:user/me" }, "is not the ARN of a role"),
            (Spec with { Name = "cm etl" }, "The name must have"),
            (Spec with { Logging = new() { Level = "ALL" } }, "requires the ARN of a log group"),
            (Spec with { Logging = new() { Level = "ALL", Destinations = noGroup } }, "must end with ':*'"),
            (Spec with { Tags = new Dictionary<string, string> { ["aws:x"] = "" } }, "reserved"),
        ];
        foreach (var (spec, words) in refused)
        {
            foreach (var call in new[] { deployer.PreviewAsync(spec, default), deployer.DeployAsync(spec, default) })
            {
                Assert.Contains(words, (await Assert.ThrowsAsync<DefinitionException>(() => call)).Message, StringComparison.Ordinal);
            }
        }

        Assert.Empty(bench.Server.Calls.Intersect(Writes));
    }

    [NodeFact]
    public async Task A_preview_is_a_diff_also_of_a_new_machine()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        var created = (await deployer.PreviewAsync(Spec, default)).Diff.Split('\n');
        Assert.All(created[1..], l => Assert.StartsWith("+", l, StringComparison.Ordinal));
        Assert.Contains(created, l => l.Trim() == "+        \"MaxConcurrency\": 5," || l.EndsWith("\"MaxConcurrency\": 5,", StringComparison.Ordinal));
        Assert.Contains(created, l => l.EndsWith($"\"RoleArn\": \"{Bench.Role}\",", StringComparison.Ordinal));

        await deployer.DeployAsync(Spec, default);
        Assert.Empty((await deployer.PreviewAsync(Spec, default)).Diff);
        var changed = Spec with { Definition = Spec.Definition.Replace("\"MaxConcurrency\": 5", "\"MaxConcurrency\": 9", StringComparison.Ordinal) };
        var lines = (await deployer.PreviewAsync(changed, default)).Diff.Split('\n');
        Assert.Equal(["\"MaxConcurrency\": 5,", "\"MaxConcurrency\": 9,"], lines.Where(l => l[0] is '+' or '-').Select(l => l[1..].Trim()));
        Assert.Equal(9, lines.Length);
    }

    [NodeFact]
    public async Task A_foreign_definition_is_deployed_with_warnings()
    {
        await using var bench = await Bench.StartAsync();
        const string Foreign = """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""";
        var warnings = PipelineDefinition.Warnings(DefinitionTemplate.Parse("foreign.json", Foreign));
        var result = await new StateMachineDeployer(bench.Client).DeployAsync(Spec with { Definition = Foreign, Warnings = warnings }, default);
        Assert.True(result.Created);
        Assert.Equal(["FunctionNotUsed", "NoTimeout"], result.Warnings.Select(w => w.Rule));
    }
}
