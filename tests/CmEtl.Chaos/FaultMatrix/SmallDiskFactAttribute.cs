namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A test that mounts a file system.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = Requirement.Skip(!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess ? "Only root on Linux can mount a small file system." : null);
}
