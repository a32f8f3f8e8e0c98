using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>
/// From the package to the finished table, with the commands of a deployment script, on at least 15,000 conflict rows. The result of a
/// state machine equals that of a run in process.
/// </summary>
public sealed class EndToEndTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const int Visits = 60_000;
    private const int LeastRows = 15_000;

    // All columns except the time of the update, of which only the presence counts. The column is dropped in the copies, because a row
    // without it can be hashed quickly.
    private const string Digest = """
        CREATE TABLE untouched AS SELECT count(*) AS rows FROM conflict.conflictvisitmaps WHERE "UpdatedDate" IS NULL;
        ALTER TABLE conflict.conflictvisitmaps DROP COLUMN "UpdatedDate" CASCADE;
        SELECT (SELECT rows FROM untouched) || ' ' || md5(string_agg(md5(c::text), '' ORDER BY c."ID")) FROM conflict.conflictvisitmaps AS c
        """;

    [NodeFact]
    public void Every_machine_in_every_mode_gives_the_result_of_a_run_in_process()
    {
        using var sandbox = new SandboxFixture(Visits);
        Assert.True((long)sandbox.Sandbox.Properties["ConflictRows"].Value >= LeastRows);

        Copy(sandbox, "here");
        cloud.Shell.RunClean("Start-CmEtl -Database here -Wait");
        var expected = sandbox.Sql.In("here").Scalar(Digest);
        Assert.Matches("^[0-9]+ [0-9a-f]{32}$", expected);

        foreach (var (definition, mode) in new[]
        {
            ("etl_pipeline.json", "TwoPhase"), ("etl_pipeline_phase2_chunked.json", "TwoPhase"), ("etl_pipeline_phase2_chunked.json", "SinglePass"),
        })
        {
            var name = $"{mode}{definition.Length}".ToLowerInvariant();
            Copy(sandbox, name);
            var function = cloud.Publish(sandbox.Worker.In(name), name, ("CMETL_MARK_MODE", mode));
            var machine = cloud.Deploy(Text(function, "LambdaFunctionArn"), definition, name);

            var end = Assert.Single(cloud.Shell.RunClean(
                $"Start-CmEtl -StateMachineArn {Text(machine, "StateMachineArn")} -RunId {name} -Database {name} -Wait {cloud.AtStepFunctions}"));

            Assert.Equal("Succeeded", Text(end, "State"));
            Assert.Equal(mode, Text((PSObject)PSObject.AsPSObject(end.Properties["Run"].Value), "MarkMode"));
            Assert.Equal(expected, sandbox.Sql.In(name).Scalar(Digest));
        }
    }

    private static void Copy(SandboxFixture sandbox, string database) =>
        sandbox.Sql.In("postgres").Execute($"CREATE DATABASE {database} TEMPLATE {Text(sandbox.Sandbox, "Database")}");

    private static string Text(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
