using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

public sealed class ValidatorTests
{
    public static TheoryData<string> All => [.. Definitions.Names];

    /// <summary>State, path in the state, new value, text of the finding.</summary>
    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "ExecuteTask01", "Retry.3.BackoffRate", "0.5", "BackoffRate" },
        { "ExecuteTask01", "HeartbeatSeconds", "960", "HeartbeatSeconds" },
        { "ExecuteTask01", "Next", "\"Nowhere\"", "Nowhere" },
        { "GetTask02Chunks", "Next", "\"VerifyAllChunks\"", "CheckIfChunksExist: No state leads to this state" },
        { "ProcessSingleChunk", "Catch.0.ErrorEquals", """["States.ALL","States.Timeout"]""", "States.ALL" },
        { "ProcessSingleChunk", "Retry.0.ErrorEquals", """["States.ALL"]""", "States.ALL" },
        { "ChunkSuccess", "End", "null", "Next" },
        { "ExecuteTask01", "Retry.1.MaxDelaySeconds", "5", "MaxDelaySeconds" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Every_definition_is_in_order(string name) => Assert.Empty(DefinitionValidator.Validate(Definitions.Render(name)));

    [Theory]
    [MemberData(nameof(All))]
    public void An_unrendered_template_is_refused(string name) =>
        Assert.Contains(DefinitionValidator.Validate(Definitions.Read(name)), f => f.Severity == FindingSeverity.Error && f.Rule == "InvalidResource");

    [Theory]
    [MemberData(nameof(All))]
    public void A_template_is_in_order_but_for_its_placeholders(string name)
    {
        var finding = Assert.Single(DefinitionValidator.Validate(Definitions.Read(name), template: true));
        Assert.Equal((FindingSeverity.Warning, "Placeholder"), (finding.Severity, finding.Rule));
        Assert.Contains("LambdaFunctionArn", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Errors_are_found_with_their_state(string state, string path, string value, string words)
    {
        var machine = JsonNode.Parse(Definitions.Render("etl_pipeline_phase2_chunked"))!;
        var states = machine["States"]!;
        var node = states[state] ?? states["ProcessTask02Chunks"]!["ItemProcessor"]!["States"]![state]!;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        if (value == "null")
        {
            node.AsObject().Remove(steps[^1]);
        }
        else
        {
            node[steps[^1]] = JsonNode.Parse(value);
        }

        var findings = DefinitionValidator.Validate(machine.ToJsonString()).Select(f => f.ToString()).ToList();
        Assert.Contains(findings, f => f.Contains(words, StringComparison.Ordinal)
            && (f.StartsWith(state, StringComparison.Ordinal) || words.Contains(':', StringComparison.Ordinal)));
        Assert.Throws<DefinitionException>(() => DefinitionValidator.ThrowIfInvalid("x", machine.ToJsonString()));
    }

    [Fact]
    public void Over_a_megabyte_is_refused() =>
        Assert.Contains(DefinitionValidator.Validate($$"""{"Comment":"{{new string('x', DefinitionValidator.MaxBytes)}}"}"""), f => f.Rule == "TooLarge");

    [Theory]
    [InlineData(10, " x9.", " more.")]
    [InlineData(13, "And 3 more.", " x10.")]
    public void A_message_names_the_first_errors_and_counts_the_others(int errors, string has, string hasNot)
    {
        var fields = string.Join(',', Enumerable.Range(0, errors).Select(i => $"\"x{i}\":1"));
        var error = Assert.Throws<DefinitionException>(() => DefinitionValidator.ThrowIfInvalid(
            "many", $$"""{"StartAt":"A","States":{"A":{"Type":"Succeed",{{fields}} } } }"""));
        Assert.Equal(errors, error.Findings.Count);
        Assert.Contains(has, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(hasNot, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_outlives_its_function()
    {
        foreach (var name in Definitions.Names)
        {
            var limits = Find(JsonNode.Parse(Definitions.Render(name))!, "TimeoutSeconds").ToList();
            Assert.NotEmpty(limits);
            // The maximum duration of a function. A state that times out earlier would retry while a function is still running.
            Assert.All(limits, l => Assert.True((int)l! > 900));
        }
    }

    [NodeTheory]
    [MemberData(nameof(All))]
    public async Task Every_definition_passes_the_service(string name)
    {
        await using var bench = await Bench.StartAsync();
        var answer = await bench.Client.ValidateStateMachineDefinitionAsync(new() { Definition = Definitions.Render(name) }, default);
        Assert.Equal(("OK", 0), (answer.Result, answer.Diagnostics.Count));
    }

    [NodeFact]
    public async Task The_service_names_the_state_that_is_broken()
    {
        await using var bench = await Bench.StartAsync();
        var definition = Definitions.Render("etl_pipeline").Replace("\"Type\": \"Choice\"", "\"Type\": \"Chose\"", StringComparison.Ordinal);
        var answer = await bench.Client.ValidateStateMachineDefinitionAsync(new() { Definition = definition }, default);
        Assert.Equal("FAIL", answer.Result);
        Assert.Contains(answer.Diagnostics, d => d.Message.Contains("CheckVerification", StringComparison.Ordinal));
    }

    private static IEnumerable<JsonNode?> Find(JsonNode? node, string name) => node switch
    {
        JsonObject o => o.Where(p => p.Key == name).Select(p => p.Value).Concat(o.SelectMany(p => Find(p.Value, name))),
        JsonArray a => a.SelectMany(i => Find(i, name)),
        _ => [],
    };
}
