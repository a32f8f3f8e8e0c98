namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A test that mounts a file system.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Skip = "Only root on Linux can mount a small file system.";
        }
    }
}
