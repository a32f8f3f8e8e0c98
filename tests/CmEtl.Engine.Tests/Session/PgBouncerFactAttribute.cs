namespace CmEtl.Engine.Tests.Session;

/// <summary>A test that needs PgBouncer; see <see cref="Requirement"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PgBouncerFactAttribute : FactAttribute
{
    public PgBouncerFactAttribute() => Skip = Requirement.Skip(PgBouncer.Program is null ? "PgBouncer is not installed." : null);
}
