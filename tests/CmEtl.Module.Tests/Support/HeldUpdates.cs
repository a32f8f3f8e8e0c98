using System.Data.Common;

namespace CmEtl.Tests;

/// <summary>Until it is released, every update of conflictvisitmaps waits, so that a test can act on a working run without haste.</summary>
internal sealed class HeldUpdates : IDisposable
{
    private readonly SandboxSql _sql;
    private readonly DbConnection _holder;

    public HeldUpdates(SandboxFixture sandbox)
    {
        _sql = sandbox.Sql;
        _sql.Execute("""
            CREATE FUNCTION conflict.held() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NULL; END';
            CREATE TRIGGER held AFTER UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION conflict.held()
            """);
        _holder = _sql.Hold("SELECT pg_advisory_xact_lock(4711)");
    }

    public void Release() => _holder.Dispose();

    public void Dispose()
    {
        Release();
        _sql.Execute("DROP FUNCTION IF EXISTS conflict.held() CASCADE");
    }
}
