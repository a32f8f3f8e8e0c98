using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Tests;

public sealed class TemplateTests
{
    private static readonly Dictionary<string, string> Values =
        DefinitionTemplate.BuiltIn("etl_pipeline_phase2_chunked.json").Placeholders.ToDictionary(p => p, _ => "5");

    [Fact]
    public void Numbers_are_numbers_after_rendering()
    {
        var machine = JsonNode.Parse(Definitions.Render("etl_pipeline_phase2_chunked"))!;
        Assert.Equal("5", machine["States"]!["ProcessTask02Chunks"]!["MaxConcurrency"]!.ToJsonString());
        Assert.Equal("960", machine["States"]!["ExecuteTask01"]!["TimeoutSeconds"]!.ToJsonString());
    }

    [Fact]
    public void A_placeholder_without_value_is_an_error_naming_it()
    {
        var template = DefinitionTemplate.BuiltIn("etl_pipeline_phase2_chunked.json");
        var error = Assert.Throws<DefinitionException>(() => template.Render(Values.Where(v => v.Key != "MaxConcurrency").ToDictionary()));
        Assert.Contains("${MaxConcurrency}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LambdaFunctionArn", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_placeholder_is_an_error_naming_it()
    {
        var error = Assert.Throws<DefinitionException>(
            () => DefinitionTemplate.BuiltIn("etl_pipeline_phase2_chunked.json").Render(new Dictionary<string, string>(Values) { ["MaxConcurency"] = "7" }));
        Assert.Contains("MaxConcurency", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_field_refuses_other_text()
    {
        var error = Assert.Throws<DefinitionException>(
            () => DefinitionTemplate.BuiltIn("etl_pipeline_phase2_chunked.json").Render(new Dictionary<string, string>(Values) { ["MaxConcurrency"] = "five" }));
        Assert.Contains("MaxConcurrency needs a number, not 'five'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_cannot_break_out_of_their_string()
    {
        var text = DefinitionTemplate.Parse("t", """{ "Comment": "a ${X} b" }""").Render(new Dictionary<string, string> { ["X"] = "\", \"Y\": \"" });
        Assert.Equal("a \", \"Y\": \" b", (string?)JsonNode.Parse(text)!["Comment"]);
    }

    [Theory]
    [InlineData("etl_pipeline", "etl_pipeline_ready")]
    [InlineData("etl_pipeline_phase2_chunked", "etl_pipeline_phase2_ready")]
    public void Ready_files_equal_their_template(string template, string ready) =>
        Assert.Empty(JsonDiff.Compare("", Definitions.Render(template), Definitions.Read(ready)));

    /// <summary>Text that is not a placeholder, and the result.</summary>
    [Theory]
    [InlineData("{% $states.input.orders.${ 'id': orderId } %}", "{% $states.input.orders.${ 'id': orderId } %}")]
    [InlineData("echo ${!HOME} ${X}", "echo ${HOME} 5")]
    [InlineData("{% ${!a} & '${X}' %}", "{% ${a} & '5' %}")]
    [InlineData("${AWS::Region}", "here")]
    public void Text_between_braces_is_kept_or_escaped(string text, string rendered)
    {
        var template = DefinitionTemplate.Parse("t", new JsonObject { ["Comment"] = text }.ToJsonString());
        var values = new Dictionary<string, string> { ["X"] = "5", ["AWS::Region"] = "here" };
        Assert.Equal(rendered,
            (string?)JsonNode.Parse(template.Render(values.Where(v => template.Placeholders.Contains(v.Key)).ToDictionary()))!["Comment"]);
    }

    /// <summary>In compact form it fits the service's limit. Indented it would not.</summary>
    [Fact]
    public void Formatting_never_makes_a_definition_too_large()
    {
        var states = new JsonObject(Enumerable.Range(0, 6500).Select(i => KeyValuePair.Create($"s{i}", (JsonNode?)new JsonObject
        {
            ["Type"] = "Choice", ["Choices"] = new JsonArray(new JsonObject { ["Variable"] = "$.x", ["IsNull"] = true, ["Next"] = i < 6499 ? $"s{i + 1}" : "end" }), ["Default"] = "end",
        })).Append(new("end", new JsonObject { ["Type"] = "Succeed" })));
        var text = new JsonObject { ["StartAt"] = "s0", ["States"] = states }.ToJsonString();
        var rendered = PipelineDefinition.Render(DefinitionTemplate.Parse("t", text), new Dictionary<string, string>());
        Assert.True(text.Length < DefinitionValidator.MaxBytes && text.Length > 0.5 * DefinitionValidator.MaxBytes);
        Assert.True(rendered.Length <= DefinitionValidator.MaxBytes);
        Assert.Empty(DefinitionValidator.Validate(rendered));
    }

    [Fact]
    public void A_ready_file_takes_the_function_and_the_values_of_its_template()
    {
        var values = new Dictionary<string, string> { ["LambdaFunctionArn"] = "arn:aws:lambda:us-east-1:123456789:function:my-function" };
        var folder = Directory.CreateTempSubdirectory("cmetl-");
        try
        {
            // A missing file, the delivered file, and a file with an edited value.
            var nowhere = Path.Combine(folder.FullName, "etl_pipeline_phase2_ready.json");
            var delivered = Path.Combine(Definitions.Folder, "etl_pipeline_phase2_ready.json");
            foreach (var path in new[] { nowhere, delivered })
            {
                var text = PipelineDefinition.Render(PipelineDefinition.Open(path), new Dictionary<string, string>(values) { ["MaxConcurrency"] = "9" });
                Assert.Contains("\"MaxConcurrency\": 9", text, StringComparison.Ordinal);
                Assert.Contains(":my-function\"", text, StringComparison.Ordinal);
                Assert.DoesNotContain(PipelineDefinition.SampleFunctionArn, text, StringComparison.Ordinal);
            }

            File.WriteAllText(nowhere, File.ReadAllText(delivered).Replace("\"MaxConcurrency\": 5", "\"MaxConcurrency\": 10", StringComparison.Ordinal));
            var edited = PipelineDefinition.Render(PipelineDefinition.Open(nowhere), values);
            Assert.Contains("\"MaxConcurrency\": 10", edited, StringComparison.Ordinal);
            Assert.Contains(":my-function\"", edited, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_missing_file_and_invalid_json_are_different_errors()
    {
        Assert.Contains("cannot be read", Assert.Throws<DefinitionException>(() => DefinitionTemplate.Load("/nowhere/x.json")).Message, StringComparison.Ordinal);
        Assert.Contains("is not JSON", Assert.Throws<DefinitionException>(() => DefinitionTemplate.Parse("t", "{")).Message, StringComparison.Ordinal);
    }
}
