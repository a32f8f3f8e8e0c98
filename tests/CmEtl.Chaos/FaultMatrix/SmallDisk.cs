using CmEtl.Sandbox;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A real file system of a few megabytes that can be filled.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int Megabytes = 24;

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public string Path { get; } = Directory.CreateTempSubdirectory("cmetl-disk-").FullName;

    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        var run = await ToolRun.StartAsync(["mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", disk.Path], CancellationToken.None);
        Assert.True(run.ExitCode == 0, run.Output);
        await ServerAccount.GiveAsync(disk.Path);
        return disk;
    }

    /// <summary>Fills the disk except for this much space.</summary>
    public void Fill(long bytesLeft)
    {
        using var file = File.Create(Filler);
        file.Write(new byte[new DriveInfo(Path).AvailableFreeSpace - bytesLeft]);
    }

    public void Clear() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await ToolRun.StartAsync(["umount", "-l", Path], CancellationToken.None);
        Directory.Delete(Path);
    }
}
