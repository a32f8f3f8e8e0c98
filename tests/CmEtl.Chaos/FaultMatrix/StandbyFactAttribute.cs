namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A test with a standby of its server.</summary>
public sealed class StandbyFactAttribute : FactAttribute
{
    public StandbyFactAttribute()
    {
        if (BaseBackup.Program is null || OperatingSystem.IsWindows())
        {
            Skip = "There is no pg_basebackup beside the PostgreSQL of the sandbox.";
        }
    }
}
