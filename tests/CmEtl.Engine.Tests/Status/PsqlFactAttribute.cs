namespace CmEtl.Engine.Tests.Status;

/// <summary>A test that runs psql; skipped where PostgreSQL came without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PsqlFactAttribute : FactAttribute
{
    public PsqlFactAttribute()
    {
        if (Psql.Program is null)
        {
            Skip = "There is no psql beside the PostgreSQL of the sandbox.";
        }
    }
}
