namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A test that needs a standby of its server.</summary>
public sealed class StandbyFactAttribute : FactAttribute
{
    public StandbyFactAttribute() => Skip = Requirement.Skip(BaseBackup.Program is null || OperatingSystem.IsWindows() ? "There is no pg_basebackup beside the PostgreSQL of the sandbox." : null);
}
