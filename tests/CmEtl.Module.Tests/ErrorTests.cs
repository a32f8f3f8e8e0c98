using System.Management.Automation;

namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class ErrorTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl";

    [Theory]
    [InlineData("Get-CmEtlStatus -HostName localhost -Database d -Port 70000", "InvalidSettings", ErrorCategory.InvalidArgument, "settings")]
    [InlineData("Get-CmEtlStatus -SettingsPath /dev/null", "SettingsFileUnreadable", ErrorCategory.InvalidArgument, "/dev/null")]
    [InlineData("Get-CmEtlStatus -Port 1 -Database d -Credential ([pscredential]::new('u', [securestring]::new()))", "Postgres08006", ErrorCategory.ConnectionError, "d on localhost")]
    [InlineData("Get-CmEtlStatus", "NoRun", ErrorCategory.InvalidResult, "* on 127.0.0.1")]
    [InlineData("Get-CmEtlStatus nobody", "RunNotFound", ErrorCategory.InvalidResult, "nobody")]
    [InlineData("Get-CmEtlStatus 'no id'", "InvalidRunId", ErrorCategory.InvalidArgument, "run_id")]
    [InlineData("Get-CmEtlStatus -LedgerSchema nowhere", "Postgres42P01", ErrorCategory.InvalidData, "* on 127.0.0.1")]
    [InlineData("Get-CmChunkPlan -RunId nobody", "RunNotFound", ErrorCategory.InvalidResult, "nobody")]
    [InlineData("Invoke-CmChunk 1 -RunId nobody", "RunNotFound", ErrorCategory.InvalidResult, "nobody")]
    [InlineData("Reset-CmStuckRows nobody -Confirm:$false", "RunNotFound", ErrorCategory.InvalidResult, "nobody")]
    [InlineData("Stop-CmEtl -RunId nobody", "RunNotFound", ErrorCategory.InvalidResult, "nobody")]
    [InlineData("Start-CmEtl -Wait -SkipUnchanged", "PreflightFailed", ErrorCategory.InvalidArgument, "preflight")]
    [InlineData("Connect-CmDatabase x", "InvalidConnectionString", ErrorCategory.InvalidArgument, "ConnectionString")]
    [InlineData("Initialize-CmEtlDatabase -Database nowhere", "Postgres3D000", ErrorCategory.InvalidData, "nowhere on 127.0.0.1")]
    [InlineData($"Deploy-CmStateMachine {Arn} -DefinitionFile /dev/null", "InvalidDefinition", ErrorCategory.InvalidArgument, "*")]
    [InlineData($"Export-CmIamPolicy /dev/null -LambdaFunctionArn {Arn}", "CannotWrite", ErrorCategory.InvalidArgument, "/dev/null")]
    public void An_error_has_a_category_a_target_and_a_remedy(string text, string id, ErrorCategory category, string target)
    {
        sandbox.Shell.RunClean("$null = Connect-CmDatabase -Connection @($input)[0]", sandbox.Sandbox);

        sandbox.Shell.Run(text);

        var error = sandbox.Shell.Error;
        Assert.Equal((id, category), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.True(WildcardPattern.Get(target, WildcardOptions.None).IsMatch($"{error.TargetObject}"), $"{error.TargetObject}");
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.EndsWith(error.ErrorDetails.RecommendedAction, error.ErrorDetails.Message, StringComparison.Ordinal);
    }
}
