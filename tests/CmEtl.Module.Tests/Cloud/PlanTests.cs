using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace CmEtl.Tests;

/// <summary>Cost, policies and the choice of a definition, which call no service.</summary>
[Collection(ModuleServer.Name)]
public sealed class PlanTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IDisposable
{
    private readonly Shell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cmetl-").FullName;

    [Fact]
    public void Thirty_chunks_of_six_minutes_cost_thirty_six_cents()
    {
        var costs = _shell.RunClean("Get-CmEtlCost -Chunks 30 -SecondsPerChunk 360 -MemorySize 2048");

        Assert.Equal(["etl_pipeline.json", "etl_pipeline_phase2_chunked.json", "etl_pipeline_phase2_distributed.json"], costs.Select(c => Value(c, "DefinitionFile")));
        Assert.All(costs, c => Assert.Equal("0.36", Math.Round(Number(c, "Total"), 2).ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Prices_are_parameters() => Assert.Equal(
        72m,
        Number(
            _shell.RunClean(
                "Get-CmEtlCost 1 36 -MemorySize 2048 -PricePerGigabyteSecond 1 -PricePerRequest 0 -PricePerTransition 0 -PricePerLogGigabyte 0")[0],
            "Total"));

    [Fact]
    public void A_plan_brings_its_definition_and_its_cost()
    {
        var one = Assert.Single(sandbox.Shell.RunClean("Get-CmChunkPlan -Preview -Summary"));
        sandbox.Shell.RunClean("Start-CmEtl -Wait -TargetChunkSize 50");
        var many = Assert.Single(sandbox.Shell.RunClean("Get-CmChunkPlan -Summary"));
        var cost = sandbox.Shell.RunClean("Get-CmChunkPlan -Summary | Get-CmEtlCost");

        Assert.Equal("etl_pipeline.json", Value(one, "DefinitionFile"));
        Assert.Equal("etl_pipeline_phase2_chunked.json", Value(many, "DefinitionFile"));
        Assert.True(Number(many, "SecondsPerChunk") > 0);
        Assert.Equal(3, cost.Count);
    }

    [Fact]
    public void Policies_are_complete_json_and_name_nothing_that_is_not_used()
    {
        var files = _shell.RunClean($"Export-CmIamPolicy '{_folder}' -LambdaFunctionArn {CloudFixture.FunctionArn}");

        Assert.Equal(9, files.Count);
        var texts = Directory.GetFiles(_folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
        Assert.All(texts.Values, t => Assert.NotNull(JsonDocument.Parse(t)));
        Assert.All(texts.Values, t => Assert.DoesNotContain("${", t, StringComparison.Ordinal));
        Assert.DoesNotContain("s3:", texts["function_role.json"], StringComparison.Ordinal);
        Assert.Contains($"\"{CloudFixture.FunctionArn}\"", texts["execution_role.json"], StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_that_are_there_are_not_replaced_unasked()
    {
        var there = Path.Combine(_folder, "deployer.json");
        File.WriteAllText(there, "mine");

        _shell.Run($"Export-CmIamPolicy '{_folder}' -LambdaFunctionArn {CloudFixture.FunctionArn}");

        Assert.StartsWith("FileExists,", _shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(["mine"], Directory.GetFiles(_folder).Select(File.ReadAllText));
        _shell.RunClean($"Export-CmIamPolicy '{_folder}' -LambdaFunctionArn {CloudFixture.FunctionArn} -Force");
        Assert.NotEqual("mine", File.ReadAllText(there));
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static decimal Number(PSObject value, string property) => LanguagePrimitives.ConvertTo<decimal>(value.Properties[property].Value);

    private static string Value(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
