namespace CmEtl.Engine.Tests.Session;

/// <summary>A test that needs PgBouncer; skipped where it is not installed, except in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PgBouncerFactAttribute : FactAttribute
{
    public PgBouncerFactAttribute()
    {
        if (PgBouncer.Program is null && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "PgBouncer is not installed.";
        }
    }
}
