using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>
/// The commands an operator uses on AWS, in order: publish, deploy, start, watch, stop, redrive. The function is the packed one, the
/// machine runs on a states-language interpreter, the database is the sandbox.
/// </summary>
[Collection(ModuleServer.Name)]
public sealed class ExecutionTests(CloudFixture cloud, SandboxFixture sandbox) : IClassFixture<CloudFixture>, IClassFixture<SandboxFixture>
{
    private const int LeaseSeconds = 5;
    private const string Chunked = "etl_pipeline_phase2_chunked.json";

    [NodeFact]
    public void An_execution_is_started_watched_and_shown_with_its_run()
    {
        var machine = Deploy("watch");

        var end = Assert.Single(Shell.RunClean($"Start-CmEtl -StateMachineArn {machine} -RunId watch-1 -New -Wait {At}"));
        var progress = Shell.Progress[^1];
        var shown = Assert.Single(Shell.RunClean($"Get-CmEtlStatus -ExecutionArn {Text(end, "ExecutionArn")} {At}"));

        Assert.Equal(("Succeeded", "watch-1", "PipelineSuccess"), (Text(end, "State"), Text(end, "RunId"), Text(end, "Step")));
        Assert.Equal("Completed", Text((PSObject)PSObject.AsPSObject(shown.Properties["Run"].Value), "State"));
        Assert.Equal(ProgressRecordType.Completed, progress.RecordType);
    }

    [NodeFact]
    public void A_failed_chunk_is_named_and_a_redrive_processes_only_open_chunks()
    {
        var machine = Deploy("redrive");
        string failed;
        using (new BrokenDay(sandbox))
        {
            var end = Assert.Single(Shell.Run($"Start-CmEtl -StateMachineArn {machine} -RunId redrive-1 -New -Wait {At}"));

            failed = Text(end, "ExecutionArn");
            Assert.Equal("Failed", Text(end, "State"));
            Assert.StartsWith("ExecutionFailed,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("-Redrive", Shell.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Contains("ProcessSingleChunk (chunk ", string.Join('\n', States(end)), StringComparison.Ordinal);
            Assert.Equal("ValidateConfig; ExecuteTask01; GetTask02Chunks; CheckIfChunksExist; ProcessTask02Chunks; VerifyAllChunks", Text(end, "Path"));
            AssertLog(failed);
        }

        var attempts = Attempts("redrive-1");
        var redriven = Assert.Single(Shell.RunClean($"Start-CmEtl -StateMachineArn {machine} -Redrive -Wait {At}"));

        Assert.Equal((failed, "Succeeded", "1"), (Text(redriven, "ExecutionArn"), Text(redriven, "State"), Text(redriven, "RedriveCount")));
        Assert.All(attempts.Where(a => a.State == "Done"), a => Assert.Contains(a, Attempts("redrive-1")));
    }

    [NodeFact]
    public void A_failed_execution_can_be_piped_to_its_redrive()
    {
        var machine = Deploy("pipe");
        using (new BrokenDay(sandbox))
        {
            Shell.Run($"$failed = Start-CmEtl -StateMachineArn {machine} -RunId pipe-1 -New -Wait {At} -ErrorAction SilentlyContinue");
        }

        var end = Assert.Single(Shell.RunClean($"$failed | Start-CmEtl -Redrive -Wait {At}"));

        Assert.Equal("Succeeded", Text(end, "State"));
    }

    [NodeFact]
    public void An_execution_is_stopped_and_its_run_resumed_by_the_next()
    {
        var machine = Deploy("stop");
        using (new SlowUpdates(sandbox, seconds: 2))
        {
            Shell.RunClean($"$going = Start-CmEtl -StateMachineArn {machine} -RunId stop-1 -New {At}");
            Shell.RunClean($"while (-not (Get-CmEtlStatus -Last 1).ChunksProcessing) {{ [Threading.Thread]::Sleep(50) }}");

            var stopped = Assert.Single(Shell.RunClean($"$going | Stop-CmEtl -Reason 'for the test' {At}"));

            Assert.Equal(("Aborted", "for the test"), (Text(stopped, "State"), Text(stopped, "Reason")));
            // Its run is known by now, and must not be mistaken for another run to examine here.
            Assert.Equal("Aborted", Text(Assert.Single(Shell.RunClean($"$going = Get-CmEtlStatus -ExecutionArn $going.ExecutionArn {At}; $going | Get-CmEtlStatus {At}")), "State"));
        }

        // No process leads the run any more, but it is not free before its lease has expired.
        Shell.RunClean("while ((Get-CmEtlStatus stop-1).ChunksProcessing) { [Threading.Thread]::Sleep(50) }");
        Wait.Until(sandbox, "NOT EXISTS (SELECT FROM cm_etl.run WHERE state = 'running' AND lease_until > clock_timestamp())");
        var next = Start("stop-2", machine);

        Assert.Equal(("Succeeded", "stop-1"), (Text(next, "State"), Text(next, "RunId")));
    }

    [NodeFact]
    public void A_single_chunk_is_done_by_the_function()
    {
        Start("single-1", Deploy("single"), "-New");

        var again = Assert.Single(Shell.RunClean($"Invoke-CmChunk 0 -RunId single-1 -FunctionName cm-etl:live {cloud.AtLambda}"));
        Shell.Run($"Invoke-CmChunk 4711 -RunId single-1 -FunctionName cm-etl:live {cloud.AtLambda}");

        Assert.Equal("True", Text(again, "Skipped"));
        Assert.Contains("4711", Shell.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidResult, Shell.Error.CategoryInfo.Category);
    }

    private void AssertLog(string execution)
    {
        var shown = Assert.Single(Shell.RunClean($"$shown = Get-CmEtlStatus -ExecutionArn {execution} -IncludeLog {At}; $shown"));
        var chunks = Shell.RunClean("$shown.FailedStates.ChunkId -ne $null").Select(c => c.ToString()).Distinct().Order().ToList();
        var lines = Shell.RunClean("$shown.Log");

        Assert.Equal(chunks, lines.Select(l => Text(l, "ChunkId")).Distinct().Order());
        Assert.Contains(lines, l => Text(l, "Level") == "ERROR");
        Assert.Equal(lines.Select(l => Text(l, "At")), lines.OrderBy(l => l.Properties["At"].Value).Select(l => Text(l, "At")));
        Assert.Equal($"https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/{execution}", Text(shown, "ConsoleUrl"));
        Shell.Run($"Get-CmEtlStatus -ExecutionArn {execution} -IncludeLog -Wait {At}");
        Assert.StartsWith("ParameterConflict,", Shell.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private Shell Shell => cloud.Shell;

    private string At => cloud.AtStepFunctions;

    private string Deploy(string name)
    {
        var function = cloud.Publish(sandbox.Worker, more: ("CMETL_LEASE_SECONDS", $"{LeaseSeconds}"));
        return Text(cloud.Deploy(Text(function, "LambdaFunctionArn"), Chunked + " -TargetChunkSize 100", name), "StateMachineArn");
    }

    private PSObject Start(string run, string machine, string more = "") =>
        Assert.Single(Shell.RunClean($"Start-CmEtl -StateMachineArn {machine} -RunId {run} -Wait {more} {At}"));

    private List<(string Chunk, string State, string Attempt)> Attempts(string run) =>
        [.. Shell.RunClean($"Get-CmChunkPlan {run}").Select(c => (Text(c, "ChunkId"), Text(c, "State"), Text(c, "Attempt")))];

    private static IEnumerable<string> States(PSObject execution) =>
        LanguagePrimitives.GetEnumerable(execution.Properties["FailedStates"].Value).Cast<object>().Select(s => s.ToString()!);

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
