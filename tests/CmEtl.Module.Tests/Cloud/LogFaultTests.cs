using CmEtl.AwsBench;

namespace CmEtl.Tests;

/// <summary>
/// The log of a failed execution, with every fault of what answers instead of CloudWatch Logs while Step Functions is well. An answer that
/// never ends is a case of the client: it takes minutes here.
/// </summary>
public sealed class LogFaultTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [NodeFact]
    public void A_log_that_cannot_be_read_is_one_typed_error()
    {
        const string Logs = "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS";
        var execution = FailedExecution();
        var well = Environment.GetEnvironmentVariable(Logs);
        try
        {
            foreach (var fault in Enum.GetValues<Fault>().Except([Fault.Trickle, Fault.Silence]))
            {
                using var server = new FaultServer(fault);
                Environment.SetEnvironmentVariable(Logs, server.Url.ToString());

                var output = cloud.Shell.Run($"Get-CmEtlStatus -ExecutionArn {execution} -IncludeLog {cloud.AtStepFunctions}");

                Assert.Empty(output);
                var error = Assert.Single(cloud.Shell.Errors);
                Assert.True(error.FullyQualifiedErrorId.Split(',')[0] is "UnexpectedReply" or "ServiceUnreachable", $"{fault}: {error}");
                Assert.Contains("FilterLogEvents", error.ToString(), StringComparison.Ordinal);
                Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
                Assert.InRange(server.Requests, 1, 3);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(Logs, well);
        }
    }

    // Its first state names the run, as the pipeline's does.
    private string FailedExecution()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """
            {"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"run_id":"night-1"},"Next":"B"},"B":{"Type":"Fail","Comment":"${LambdaFunctionArn}"}}}
            """);
        try
        {
            var machine = cloud.Deploy(CloudFixture.FunctionArn, file, "fails").Properties["StateMachineArn"].Value;
            var failed = Assert.Single(cloud.Shell.Run($"Start-CmEtl -StateMachineArn {machine} -RunId night-1 -Wait {cloud.AtStepFunctions}"));
            return (string)failed.Properties["ExecutionArn"].Value;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
