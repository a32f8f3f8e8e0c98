using Amazon.Runtime;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.StepFunctions;
using CmEtl.Aws.Tests;
using CmEtl.AwsBench.StepFunctions;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Lambda.Tests;

/// <summary>The definitions on a states-language interpreter, over signed HTTP, calling the packed function on PostgreSQL.</summary>
[Collection(SharedServer.Name)]
public sealed class StateMachineTests(DataServer server)
{
    public static TheoryData<string, Phase> Machines => new()
    {
        { "etl_pipeline", Phase.Sequential }, { "etl_pipeline_phase2_chunked", Phase.Chunked },
    };

    [NodeTheory]
    [MemberData(nameof(Machines))]
    public async Task A_state_machine_leaves_the_table_that_a_run_in_process_leaves(string definition, Phase phase)
    {
        await using var world = await World.StartAsync(server);
        await using var bench = await StartBenchAsync(world);
        using var client = Client(bench);

        var end = await RunAsync(client, definition, "night-1");

        Assert.Equal(("SUCCEEDED", null), (end.Status, end.Cause));
        Assert.Equal(await World.InProcessAsync(server, phase), await world.TableAsync());
    }

    [NodeFact]
    public async Task A_chunk_that_fails_is_named_its_siblings_are_done_and_a_redrive_does_the_rest()
    {
        await using var world = await World.StartAsync(server);
        await using var bench = await StartBenchAsync(world);
        using var client = Client(bench);
        // One row that no chunk may write.
        await ExecuteAsync(world.Data, """
            CREATE FUNCTION conflict.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE check_violation; END';
            DO $$ BEGIN EXECUTE format('CREATE TRIGGER refuse BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW WHEN (OLD."ID" = %s) EXECUTE FUNCTION conflict.refuse()',
              (SELECT min("ID") FROM conflict.conflictvisitmaps WHERE "CONFLICTID" IS NOT NULL AND "VisitDate" BETWEEN current_date - 300 AND current_date)); END $$
            """);

        var failed = await RunAsync(client, "etl_pipeline_phase2_chunked", "night-2");

        Assert.Equal(("FAILED", "CmEtl.Permanent"), (failed.Status, failed.Error));
        Assert.Contains("1 chunks are not done (chunk ", failed.Cause, StringComparison.Ordinal);
        var attempts = await AttemptsAsync(world);
        Assert.Single(attempts, a => a.State != "done");

        await ExecuteAsync(world.Data, "DROP TRIGGER refuse ON conflict.conflictvisitmaps");
        await client.RedriveExecutionAsync(new() { ExecutionArn = failed.ExecutionArn }, default);
        var redriven = await EndAsync(client, failed.ExecutionArn);

        Assert.Equal(("SUCCEEDED", null), (redriven.Status, redriven.Cause));
        var after = await AttemptsAsync(world);
        Assert.Equal(
            attempts.Where(a => a.State == "done").Select(a => (a.Chunk, a.Attempt)),
            after.Where(a => attempts.Any(b => b.Chunk == a.Chunk && b.State == "done")).Select(a => (a.Chunk, a.Attempt)));
        Assert.Equal(await World.InProcessAsync(server, Phase.Chunked), await world.TableAsync());
    }

    private static Task<StepFunctionsBench> StartBenchAsync(World world) =>
        StepFunctionsBench.StartAsync(new BenchOptions { LambdaUrl = world.Host.Endpoint, RetryMilliseconds = 20 });

    private static StepFunctionsClient Client(StepFunctionsBench bench)
    {
        var config = StepFunctionsClient.NewConfig();
        (config.ServiceURL, config.AuthenticationRegion, config.MaxErrorRetry) = (bench.Url.ToString(), bench.Options.Region, 0);
        return new StepFunctionsClient(config, new BasicAWSCredentials(bench.Options.AccessKey, bench.Options.SecretKey));
    }

    private static async Task<DescribeExecutionResponse> RunAsync(StepFunctionsClient client, string definition, string name)
    {
        var template = DefinitionTemplate.Load(Path.Combine(Repository, "step_functions", definition + ".json"));
        var values = new Dictionary<string, string>
        {
            ["LambdaFunctionArn"] = "arn:aws:lambda:us-east-1:123456789012:function:cm-etl:live",
        };
        var machine = await client.CreateStateMachineAsync(
            new()
            {
                Name = "cm-etl", RoleArn = "arn:aws:iam::123456789012:role/cm-etl",
                Definition = PipelineDefinition.Render(template, values),
            },
            default);
        var started = await client.StartExecutionAsync(new() { StateMachineArn = machine.StateMachineArn, Name = name, Input = "{}" }, default);
        return await EndAsync(client, started.ExecutionArn);
    }

    private static async Task<DescribeExecutionResponse> EndAsync(StepFunctionsClient client, string executionArn)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var now = await client.DescribeExecutionAsync(new() { ExecutionArn = executionArn }, limit.Token);
            if (now.Status != "RUNNING")
            {
                return now;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<List<(int Chunk, string State, int Attempt)>> AttemptsAsync(World world) =>
    [
        .. (await DataServer.ReadAsync<string>(world.Data, "SELECT concat_ws(' ', chunk_id, state, attempt) FROM cm_etl.chunk ORDER BY chunk_id"))
            .Select(l => l.Split(' ')).Select(p => (int.Parse(p[0], null), p[1], int.Parse(p[2], null))),
    ];

    private static async Task ExecuteAsync(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CmEtl.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }
}
