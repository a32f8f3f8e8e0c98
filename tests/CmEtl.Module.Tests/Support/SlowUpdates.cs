using System.Globalization;

namespace CmEtl.Tests;

/// <summary>Until it is disposed, every update of conflictvisitmaps is slow, so that a test can act while a run is working.</summary>
internal sealed class SlowUpdates : IDisposable
{
    private readonly SandboxSql _sql;

    public SlowUpdates(SandboxFixture sandbox, double seconds = 0.05)
    {
        _sql = sandbox.Sql;
        _sql.Execute($"""
            CREATE FUNCTION conflict.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep({seconds.ToString(CultureInfo.InvariantCulture)}); RETURN NULL; END';
            CREATE TRIGGER slow AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION conflict.slow()
            """);
    }

    public void Dispose() => _sql.Execute("DROP FUNCTION IF EXISTS conflict.slow() CASCADE");
}
