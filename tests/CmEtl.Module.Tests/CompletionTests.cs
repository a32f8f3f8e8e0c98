using System.Diagnostics;
using System.Management.Automation;

namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class CompletionTests(CompletionFixture there) : IClassFixture<CompletionFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cmetl-").FullName;

    private Shell Shell => there.Sandbox.Shell;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Get-CmEtlStatus ")]
    [InlineData("Get-CmEtlStatus -RunId ")]
    [InlineData("Get-CmEtlStatus -RunId '")]
    [InlineData("Get-CmChunkPlan ")]
    [InlineData("Invoke-CmChunk -RunId ")]
    [InlineData("Reset-CmStuckRows ")]
    [InlineData("Start-CmEtl -RunId ")]
    [InlineData("Stop-CmEtl ")]
    public void Runs_come_newest_first_with_their_state(string typed)
    {
        var runs = Shell.Tab(typed);

        Assert.Equal(["second", "first"], runs.Select(r => r.CompletionText));
        Assert.Matches(@"^Failed, started \d{4}-\d\d-\d\d \d\d:\d\d, \d+ of \d+ chunks done$", runs[0].ToolTip);
        Assert.Contains("Completed", runs[1].ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void Typed_text_filters_the_list() => Assert.Equal(["first"], Shell.Tab("Get-CmEtlStatus FI").Select(r => r.CompletionText));

    [Theory]
    [InlineData("Invoke-CmChunk ")]
    [InlineData("Invoke-CmChunk -RunId second -ChunkId ")]
    [InlineData("Reset-CmStuckRows -RunId second -ChunkId ")]
    public void Chunks_are_those_that_are_not_done(string typed)
    {
        var chunks = Shell.Tab(typed);

        Assert.NotEmpty(chunks);
        Assert.Equal(there.Failed, chunks.Select(c => c.CompletionText));
        Assert.All(chunks, c => Assert.Matches(@"^Failed, [\d,]+ rows, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d: .+", c.ToolTip));
    }

    [Fact]
    public void A_run_whose_chunks_are_all_done_offers_none_of_them() =>
        Assert.DoesNotContain(Shell.Tab("Invoke-CmChunk -RunId first -ChunkId "), c => c.ResultType == CompletionResultType.ParameterValue);

    [Fact]
    public void The_parameters_typed_say_where_to_look()
    {
        Shell.Run("$there = @($input)[0]; Disconnect-CmDatabase", there.Sandbox.Sandbox);
        var worker = there.Sandbox.Worker;
        Shell.RunClean($"$credential = ([pscredential]::new('{worker.Environment["POSTGRES_USER"]}', [Net.NetworkCredential]::new('', '{worker.Environment["POSTGRES_PASSWORD"]}').SecurePassword))");
        try
        {
            Assert.Equal(2, Shell.Tab("Get-CmEtlStatus -Connection $there -RunId ").Count);
            Assert.Equal(2, Shell.Tab("Get-CmEtlStatus -Connection $there.Connection -RunId ").Count);
            Assert.Equal(2, Shell.Tab(
                $"Get-CmEtlStatus -HostName {worker.Environment["POSTGRES_HOST"]} -Port {worker.Environment["POSTGRES_PORT"]} "
                + $"-Database {worker.Environment["POSTGRES_DATABASE"]} -Credential $credential -RunId ").Count);
            Assert.DoesNotContain(Shell.Tab("Get-CmEtlStatus -RunId "), c => c.ResultType == CompletionResultType.ParameterValue);
        }
        finally
        {
            Shell.RunClean("$null = Connect-CmDatabase -Connection $there");
        }
    }

    [Fact]
    public void A_server_that_does_not_answer_is_not_waited_for()
    {
        using var silent = new SilentServer();
        var clock = Stopwatch.StartNew();

        var runs = Shell.Tab($"Get-CmEtlStatus -HostName 127.0.0.1 -Port {silent.Port} {SandboxSql.Nobody} -RunId ");

        Assert.DoesNotContain(runs, c => c.ResultType == CompletionResultType.ParameterValue);
        Assert.Empty(Shell.Errors);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(14));
    }

    [Theory]
    [InlineData("Get-CmEtlStatus -LedgerSchema nowhere -RunId ")]
    [InlineData("Get-CmEtlStatus -LedgerSchema 'no schema' -RunId ")]
    [InlineData("Get-CmEtlStatus -Port 1 -RunId ")]
    [InlineData("Get-CmEtlStatus -Port nonsense -RunId ")]
    [InlineData("Get-CmEtlStatus -SettingsPath /nowhere -RunId ")]
    [InlineData("Get-CmEtlStatus -Connection 7 -RunId ")]
    [InlineData("Invoke-CmChunk -RunId nobody -ChunkId ")]
    [InlineData("Start-CmEtl -EndpointUrl http://127.0.0.1:1 -StateMachineArn ")]
    [InlineData("Start-CmEtl -EndpointUrl nonsense -StateMachineArn ")]
    [InlineData("Start-CmEtl -ProfileName nobody -StateMachineArn ")]
    public void No_candidates_cause_no_error(string typed)
    {
        Assert.DoesNotContain(Shell.Tab(typed), c => c.ResultType == CompletionResultType.ParameterValue);
        Assert.Empty(Shell.Errors);
    }

    [Fact]
    public void Profiles_are_those_of_the_shared_files()
    {
        File.WriteAllText(Path.Combine(_folder, "credentials"), "[night]\naws_access_key_id = a\naws_secret_access_key = b\nregion = eu-west-1\n");
        File.WriteAllText(Path.Combine(_folder, "config"), "[profile it's mine]\nrole_arn = r\nsource_profile = night\n");

        // In its own process, because the SDK looks for its files only once.
        var profiles = CliProcess.Run(
            new Dictionary<string, string> { ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(_folder, "credentials"), ["AWS_CONFIG_FILE"] = Path.Combine(_folder, "config") },
            "$text = 'Publish-CmLambda -ProfileName '; (TabExpansion2 $text $text.Length).CompletionMatches | ForEach-Object { \"$($_.CompletionText) $($_.ToolTip)\" }");

        Assert.Equal(["'it''s mine' no region", "night eu-west-1"], profiles.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public void Regions_have_their_names()
    {
        var regions = Shell.Tab("Start-CmEtl -Region eu-west-");

        Assert.Contains(regions, r => r is { CompletionText: "eu-west-1", ToolTip: "Europe (Ireland)" });
        Assert.All(regions, r => Assert.StartsWith("eu-west-", r.CompletionText, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Deploy-CmStateMachine arn -DefinitionFile ")]
    [InlineData("Deploy-CmStateMachine arn -DefinitionFile etl_pipeline")]
    public void The_pipelines_own_definitions_are_offered(string typed)
    {
        Assert.Contains(Shell.Tab(typed), d => d.CompletionText == "step_functions/etl_pipeline_phase2_chunked.json");
    }
}
