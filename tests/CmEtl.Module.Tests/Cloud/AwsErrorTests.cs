using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>Every failure on the way to AWS is one error that says what happened, where, and what to do next.</summary>
public sealed class AwsErrorTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:none";

    [NodeTheory]
    [InlineData("ExpiredTokenException", 400, "Renew the credentials")]
    [InlineData("UnrecognizedClientException", 403, "Check the access key")]
    [InlineData("AccessDeniedException", 400, "Export-CmIamPolicy")]
    public void A_refusal_names_the_remedy(string code, int status, string remedy)
    {
        cloud.StepFunctions.Faults.Enqueue(("StartExecution", code, status));

        cloud.Shell.Run($"Start-CmEtl -StateMachineArn {Machine} {cloud.AtStepFunctions}");

        AssertError(code, remedy);
        Assert.Equal(ErrorCategory.InvalidArgument, cloud.Shell.Error.CategoryInfo.Category);
    }

    [NodeTheory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("ServiceUnavailable", 503)]
    public void Throttling_is_waited_out(string code, int status)
    {
        cloud.StepFunctions.Faults.Enqueue(("ListStateMachines", code, status));
        cloud.StepFunctions.Faults.Enqueue(("ListStateMachines", code, status));

        cloud.Shell.RunClean(
            $"Deploy-CmStateMachine {CloudFixture.FunctionArn} -RoleArn {CloudFixture.ExecutionRole} -StateMachineName throttled {cloud.AtStepFunctions}");

        Assert.Empty(cloud.StepFunctions.Faults);
    }

    [NodeFact]
    public void An_unknown_machine_is_named()
    {
        cloud.Shell.Run($"Start-CmEtl -StateMachineArn {Machine} {cloud.AtStepFunctions}");

        AssertError("StateMachineDoesNotExist", "Check the name, the account and the region");
    }

    [Fact]
    public void An_unknown_function_is_named()
    {
        cloud.Shell.Run($"Invoke-CmChunk 1 -RunId night -FunctionName nobody {cloud.AtLambda}");

        AssertError("ResourceNotFoundException", "nobody");
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${Typo}","End":true}}}""", "no value for ${Typo}")]
    [InlineData("""{"StartAt":"B","States":{"A":{"Type":"Task","Resource":"${LambdaFunctionArn}","TimeoutSeconds":9,"End":true}}}""", "StartAt names 'B'")]
    public void A_wrong_definition_is_refused_before_any_call(string definition, string problem)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, definition);

        cloud.Shell.Run($"Deploy-CmStateMachine {CloudFixture.FunctionArn} -RoleArn {CloudFixture.ExecutionRole} -DefinitionFile {file} -EndpointUrl http://127.0.0.1:1");

        File.Delete(file);
        AssertError("InvalidDefinition", problem);
    }

    [Fact]
    public void An_invalid_region_is_unreachable()
    {
        cloud.Shell.Run($"Start-CmEtl -StateMachineArn {Machine} -Region xx-nowhere-1");

        AssertError("ServiceUnreachable", "Check the region");
    }

    [Fact]
    public void An_unknown_profile_is_named()
    {
        cloud.Shell.Run($"Start-CmEtl -StateMachineArn {Machine} -ProfileName nobody");

        AssertError("AwsSetup", "nobody");
    }

    private void AssertError(string id, string text)
    {
        var error = cloud.Shell.Error;
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(text, $"{error.Exception.Message} {error.ErrorDetails}", StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }
}
