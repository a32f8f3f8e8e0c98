namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class WhatIfTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    // The server counts written rows, including those of transactions that were rolled back.
    private const string Written = """
        SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE schemaname IN ('conflict', 'analytics', 'cm_etl')
        """;

    private const string Ledger = """
        SELECT md5(string_agg(line, ' ' ORDER BY line))
          FROM (SELECT r::text FROM cm_etl.run AS r UNION ALL SELECT c::text FROM cm_etl.chunk AS c UNION ALL SELECT e::text FROM cm_etl.event AS e) AS x (line)
        """;

    [Fact]
    public void A_start_with_WhatIf_writes_nothing_and_shows_findings_and_plan()
    {
        sandbox.Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");
        sandbox.Sql.Execute("DROP INDEX conflict.conflictvisitmaps_cm_etl_chunk");
        var (written, ledger) = Measure();

        var shown = sandbox.Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -WhatIf -TargetChunkSize 100");

        Assert.Contains(shown, f => f.TypeNames[0] == "CmEtl.Engine.Finding" && (string)f.Properties["Check"].Value == "Indexes");
        Assert.Contains(shown, c => c.TypeNames[0] == "CmEtl.Engine.ChunkInfo");
        Assert.Equal((written, ledger), Measure());

        sandbox.Shell.RunClean("Start-CmEtl -New -Confirm:$false -Wait -TargetChunkSize 100");
        Assert.NotEqual(written, Measure().Written);
    }

    // The counts of a session arrive when it ends, which is a moment after its client has gone.
    private (string Written, string Ledger) Measure()
    {
        Wait.Until(sandbox, "NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid())");
        return (sandbox.Sql.Scalar(Written), sandbox.Sql.Scalar(Ledger));
    }
}
