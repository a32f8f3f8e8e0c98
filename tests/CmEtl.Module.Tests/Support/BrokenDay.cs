namespace CmEtl.Tests;

/// <summary>
/// Until it is disposed, no row of the busiest day can be written. The chunks that contain such rows fail, the others do not.
/// </summary>
internal sealed class BrokenDay : IDisposable
{
    private readonly SandboxSql _sql;

    /// <param name="sandbox">The sandbox.</param>
    /// <param name="column">The column that cannot be written: with UpdateFlag, marking rows fails, with UpdatedDate, updating them
    /// fails.</param>
    public BrokenDay(SandboxFixture sandbox, string column = "UpdateFlag")
    {
        _sql = sandbox.Sql;
        var day = _sql.Scalar("""
            SELECT "VisitDate"::date::text FROM conflict.conflictvisitmaps
             WHERE "VisitDate" < current_date AND "VisitDate" > current_date - 300 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
            """);
        _sql.Execute($"""
            UPDATE conflict.conflictvisitmaps SET "UpdateFlag" = NULL, "UpdatedDate" = NULL WHERE "VisitDate" = '{day}';
            CREATE FUNCTION conflict.broken_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken day'; END $$;
            CREATE TRIGGER broken_day BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW
            WHEN (NEW."VisitDate" = '{day}' AND NEW."{column}" IS NOT NULL) EXECUTE FUNCTION conflict.broken_day()
            """);
    }

    public void Dispose() => _sql.Execute("DROP FUNCTION conflict.broken_day() CASCADE");
}
