
namespace CmEtl.Sandbox.Tests;

/// <summary>
/// A sandbox whose process was killed is removed when the next one is created. One that is in use, or meant to stay, is not.
/// </summary>
public class OrphanTests
{
    private static readonly SandboxOptions Empty = new() { Visits = 0 };

    [Fact]
    public async Task An_orphan_goes_and_the_others_stay()
    {
        await using var live = await PostgresSandbox.StartAsync(Empty, null, default);
        var persistent = await PostgresSandbox.StartAsync(Empty with { Persist = true }, null, default);
        var orphan = await PostgresSandbox.StartAsync(Empty, null, default);
        using var server = new SandboxFolder(orphan.Path).ServerProcess()!;
        try
        {
            // The effect of the operating system killing a process.
            SandboxRegistry.Abandon(orphan.Path);

            await using var next = await PostgresSandbox.StartAsync(Empty, null, default);

            Assert.False(Directory.Exists(orphan.Path));
            Assert.True(server.HasExited);
            Assert.Equal(1, await Db.ScalarAsync<int>(live, "SELECT 1"));
            Assert.Equal(1, await Db.ScalarAsync<int>(persistent, "SELECT 1"));
            Assert.Equal(1, await Db.ScalarAsync<int>(next, "SELECT 1"));
        }
        finally
        {
            await persistent.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_folder_that_is_no_longer_a_sandbox_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-");
        try
        {
            SandboxRegistry.Hold(folder.FullName);
            SandboxRegistry.Abandon(folder.FullName);
            await SandboxRegistry.RemoveOrphansAsync();
            Assert.True(folder.Exists);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Nothing_of_a_sandbox_is_open_to_others_from_the_first_moment()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The watcher sees the folder as soon as it exists, and every file in it.
        var seen = new List<string>();
        var path = Path.Combine(Path.GetTempPath(), "cmetl-private-" + Guid.NewGuid());
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var entry in (string[])[path, Path.Combine(path, "password"), Path.Combine(path, "pgpass")])
                {
                    try
                    {
                        if (!OperatingSystem.IsWindows() && Path.Exists(entry)
                            && (File.GetUnixFileMode(entry) & (UnixFileMode)0b000_111_111) != 0)
                        {
                            seen.Add(entry);
                        }
                    }
                    catch (IOException)
                    {
                        // It was removed meanwhile.
                    }
                }
            }
        });
        await using (var sandbox = await PostgresSandbox.StartAsync(Empty with { Path = path, Persist = true }, null, default))
        {
            Assert.True(File.Exists(Path.Combine(path, "pgpass")));
        }

        await stop.CancelAsync();
        await watch;
        Assert.Empty(seen);
    }

    [Fact]
    public void A_file_is_private_when_it_is_made_and_never_written_through_a_link()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-");
        try
        {
            var target = Path.Combine(folder.FullName, "target");
            File.WriteAllText(target, "precious");
            var link = Path.Combine(folder.FullName, "link");
            File.CreateSymbolicLink(link, target);
            Assert.Throws<IOException>(() => PrivateFile.Write(link, "hush"));
            Assert.Equal("precious", File.ReadAllText(target));
            var file = Path.Combine(folder.FullName, "file");
            PrivateFile.Write(file, "hush");
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
