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
    public void A_number_field_refuses_what_is_no_number()
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

    [Fact]
    public void Not_a_file_and_not_json_are_told_apart()
    {
        Assert.Contains("cannot be read", Assert.Throws<DefinitionException>(() => DefinitionTemplate.Load("/nowhere/x.json")).Message, StringComparison.Ordinal);
        Assert.Contains("is not JSON", Assert.Throws<DefinitionException>(() => DefinitionTemplate.Parse("t", "{")).Message, StringComparison.Ordinal);
    }
}
