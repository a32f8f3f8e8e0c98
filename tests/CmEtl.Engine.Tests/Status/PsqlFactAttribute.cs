namespace CmEtl.Engine.Tests.Status;

/// <summary>A test that runs psql; see <see cref="Requirement"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PsqlFactAttribute : FactAttribute
{
    public PsqlFactAttribute() => Skip = Requirement.Skip(Psql.Program is null ? "There is no psql beside the PostgreSQL of the sandbox." : null);
}
