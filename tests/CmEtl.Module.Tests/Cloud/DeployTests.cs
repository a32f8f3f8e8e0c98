using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>Deploy-CmStateMachine, as a deployment script uses it.</summary>
public sealed class DeployTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private Shell Shell => cloud.Shell;

    [NodeFact]
    public void A_machine_is_created_once_and_then_left_alone()
    {
        var first = Deploy("one");
        var again = Deploy("one");

        Assert.Equal((true, false), Flags(first));
        Assert.Equal((false, false), Flags(again));
        Assert.Empty(Changes(again));
        Assert.Equal(Text(first, "StateMachineArn"), Text(again, "StateMachineArn"));
    }

    [NodeFact]
    public void WhatIf_shows_the_changes_and_makes_none()
    {
        Deploy("two", "-DefinitionFile etl_pipeline_phase2_chunked.json");

        var preview = Deploy("two", "-DefinitionFile etl_pipeline_phase2_chunked.json -MaxConcurrency 9 -WhatIf");
        var after = Deploy("two", "-DefinitionFile etl_pipeline_phase2_chunked.json");

        Assert.Equal(["States.ProcessTask02Chunks.MaxConcurrency: 5 -> 9"], Changes(preview));
        Assert.Empty(Changes(after));
    }

    [NodeFact]
    public void Concurrency_chunk_size_and_retries_are_parameters()
    {
        var changes = string.Concat(Changes(Deploy(
            "three",
            "-DefinitionFile etl_pipeline_phase2_chunked.json -MaxConcurrency 9 -TargetChunkSize 2500 -Substitution @{ RetryMaxAttempts = 7; ChunkTimeoutSeconds = 300 } -WhatIf")));

        Assert.Contains("\"MaxConcurrency\":9", changes, StringComparison.Ordinal);
        Assert.Contains("\"target_chunk_size\":2500", changes, StringComparison.Ordinal);
        Assert.Contains("\"MaxAttempts\":7", changes, StringComparison.Ordinal);
        Assert.Contains("\"TimeoutSeconds\":300", changes, StringComparison.Ordinal);
    }

    [NodeFact]
    public void The_distributed_machine_needs_a_bucket()
    {
        cloud.Shell.Run($"Deploy-CmStateMachine {CloudFixture.FunctionArn} -DefinitionFile etl_pipeline_phase2_distributed.json {cloud.AtStepFunctions}");
        Assert.Contains("no value for ${ManifestBucket}", Shell.Error.ToString(), StringComparison.Ordinal);

        Assert.Equal((true, false), Flags(Deploy("many", "-DefinitionFile etl_pipeline_phase2_distributed.json -ManifestBucket cm-etl-bucket")));
    }

    [NodeFact]
    public void The_role_is_kept_by_an_update_and_needed_to_create()
    {
        Deploy("four");

        var updated = Assert.Single(Shell.RunClean(
            $"Deploy-CmStateMachine {CloudFixture.FunctionArn} -StateMachineName four -Substitution @{{ TaskTimeoutSeconds = 930 }} {cloud.AtStepFunctions}"));
        Shell.Run($"Deploy-CmStateMachine {CloudFixture.FunctionArn} -StateMachineName five {cloud.AtStepFunctions}");

        Assert.Equal((false, true), Flags(updated));
        Assert.DoesNotContain(Changes(updated), c => c.StartsWith("RoleArn", StringComparison.Ordinal));
        Assert.Contains("give its execution role", Shell.Error.ToString(), StringComparison.Ordinal);
    }

    [NodeFact]
    public void A_version_an_alias_tags_and_logging_are_set_once()
    {
        const string More = "-Alias live -Tag @{ team = 'data' } -Tracing -LoggingLevel ERROR -LogGroupArn arn:aws:logs:us-east-1:123456789012:log-group:cm:*";

        var first = Deploy("six", More);
        var again = Deploy("six", More);

        Assert.EndsWith(":six:1", Text(first, "Version"), StringComparison.Ordinal);
        Assert.EndsWith(":six:live", Text(first, "AliasArn"), StringComparison.Ordinal);
        Assert.Equal(Text(first, "Version"), Text(again, "Version"));
        Assert.Empty(Changes(again));
    }

    [NodeFact]
    public void WhatIf_prints_a_diff_of_a_new_and_of_a_changed_machine()
    {
        var preview = Deploy("seven", "-WhatIf");
        var created = Text(preview, "Diff");
        Assert.Contains("CmEtl.Aws.Deployment.DeploymentResult#Preview", preview.TypeNames);
        Assert.Equal((true, false), Flags(preview));
        Assert.Contains("+    \"StartAt\": \"ValidateConfig\"", created, StringComparison.Ordinal);

        Deploy("seven");
        preview = Deploy("seven", "-Substitution @{ TaskTimeoutSeconds = 930 } -WhatIf");
        var updated = Text(preview, "Diff");
        Assert.Equal((false, true), Flags(preview));
        Assert.Matches("(?m)^-.*\"TimeoutSeconds\": 960", updated);
        Assert.Matches("(?m)^\\+.*\"TimeoutSeconds\": 930", updated);
    }

    [NodeFact]
    public void A_function_that_the_definition_does_not_name_is_a_warning()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""");
        try
        {
            var output = Shell.Run(
                $"Deploy-CmStateMachine {CloudFixture.FunctionArn} -RoleArn {CloudFixture.ExecutionRole} -StateMachineName eight -DefinitionFile '{file}' {cloud.AtStepFunctions}");

            Assert.Single(output);
            Assert.Empty(Shell.Errors);
            Assert.Contains("no placeholder ${LambdaFunctionArn}", Assert.Single(Shell.Warnings), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// The commands of the document that the project implements, word for word except for the name of the shell's script folder.
    /// </summary>
    [NodeFact]
    public void The_documented_deployment_commands_work_word_for_word()
    {
        const string Phase1 = """
            .\deploy_step_functions.ps1 `
              -LambdaFunctionArn "arn:aws:lambda:us-east-1:123456789:function:my-function" `
              -RoleArn "arn:aws:iam::123456789:role/cm-step-function-lambda-role"
            """;
        const string Phase2 = """
            .\deploy_step_functions.ps1 `
              -LambdaFunctionArn "arn:aws:lambda:us-east-1:123456789:function:my-function" `
              -RoleArn "arn:aws:iam::123456789:role/cm-step-function-lambda-role" `
              -StateMachineName "cm-etl-pipeline-phase2" `
              -DefinitionFile "step_functions/etl_pipeline_phase2_ready.json"
            """;
        var package = Directory.CreateTempSubdirectory("cmetl-").FullName;
        File.Copy(Path.Combine(Repository.Root, "packaging", "deploy_step_functions.ps1"), Path.Combine(package, "deploy_step_functions.ps1"));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", cloud.StepFunctions.Url.ToString());
        try
        {
            foreach (var (command, state) in new[] { (Phase1, "ExecuteTask02"), (Phase2, "ProcessTask02Chunks") })
            {
                Shell.RunClean($"$null = $ExecutionContext.SessionState.Path.SetLocation('{package}')");
                var result = Assert.Single(Shell.RunClean(command));
                var machine = cloud.StepFunctions.Definition(Text(result, "StateMachineArn"));
                Assert.Contains(state, machine, StringComparison.Ordinal);
                Assert.Contains("arn:aws:lambda:us-east-1:123456789:function:my-function", machine, StringComparison.Ordinal);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_SFN", null);
            Directory.Delete(package, recursive: true);
        }
    }

    private PSObject Deploy(string name, string more = "") => Assert.Single(Shell.RunClean(
        $"Deploy-CmStateMachine {CloudFixture.FunctionArn} -RoleArn {CloudFixture.ExecutionRole} -StateMachineName {name} {cloud.AtStepFunctions} {more}"));

    private static (bool Created, bool Updated) Flags(PSObject result) =>
        ((bool)result.Properties["Created"].Value, (bool)result.Properties["Updated"].Value);

    private static List<string> Changes(PSObject result) =>
        [.. LanguagePrimitives.GetEnumerable(result.Properties["Changes"].Value).Cast<object>().Select(c => c.ToString()!)];

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
