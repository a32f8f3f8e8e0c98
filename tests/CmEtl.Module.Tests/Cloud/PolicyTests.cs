using System.Management.Automation;
using System.Text.Json;

namespace CmEtl.Tests;

/// <summary>Policies, which are written without a call of a service.</summary>
public sealed class PolicyTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cmetl-").FullName;

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
        Assert.Equal((ErrorCategory.InvalidArgument, there), (_shell.Error.CategoryInfo.Category, $"{_shell.Error.TargetObject}"));
        Assert.Equal(["mine"], Directory.GetFiles(_folder).Select(File.ReadAllText));
        _shell.RunClean($"Export-CmIamPolicy '{_folder}' -LambdaFunctionArn {CloudFixture.FunctionArn} -Force");
        Assert.NotEqual("mine", File.ReadAllText(there));
    }

    public void Dispose()
    {
        _shell.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
