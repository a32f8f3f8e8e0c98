using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Sandbox.Tests;

public class LifecycleTests
{
    private static readonly SandboxOptions Empty = new() { Visits = 0 };

    [Fact]
    public async Task Starts_answers_and_leaves_nothing()
    {
        var sandbox = await PostgresSandbox.StartAsync(Empty, null, default);
        Assert.Equal("UTC", await Db.ScalarAsync<string>(sandbox, "SELECT current_setting('TimeZone')"));
        using var server = new SandboxFolder(sandbox.Path).ServerProcess()!;
        Assert.Equal(2, Directory.GetFiles(sandbox.Path).Length); // the marker and the log: the password file is gone

        await sandbox.DisposeAsync();

        Assert.False(Directory.Exists(sandbox.Path));
        Assert.True(server.HasExited);
        await PostgresSandbox.RemoveAsync(sandbox.Path, default);
    }

    [Fact]
    public async Task Two_at_once_do_not_meet()
    {
        var both = await Task.WhenAll(PostgresSandbox.StartAsync(Empty, null, default), PostgresSandbox.StartAsync(Empty, null, default));
        await using var one = both[0];
        await using var two = both[1];
        Assert.NotEqual(one.Port, two.Port);
        var error = await Assert.ThrowsAsync<PostgresException>(() => Db.OpenAsync(two, one.Password));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, error.SqlState);
    }

    [Fact]
    public async Task Refuses_to_remove_a_folder_that_is_not_a_sandbox()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-");
        var file = Path.Combine(folder.FullName, "precious");
        await File.WriteAllTextAsync(file, "");
        var error = await Assert.ThrowsAsync<CmEtlException>(() => PostgresSandbox.RemoveAsync(folder.FullName, default));
        Assert.Equal("NotASandbox", error.ErrorId);
        Assert.True(File.Exists(file));

        error = await Assert.ThrowsAsync<CmEtlException>(
            () => PostgresSandbox.StartAsync(Empty with { Path = folder.FullName }, null, default));
        Assert.Equal("SandboxFolderNotEmpty", error.ErrorId);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Removes_without_the_programs_that_made_it()
    {
        var sandbox = await PostgresSandbox.StartAsync(Empty, null, default);
        using var server = new SandboxFolder(sandbox.Path).ServerProcess()!;
        // Key and ID of the server's shared memory, see pidfile.h of PostgreSQL.
        var memory = File.ReadLines(Path.Combine(sandbox.Path, "data", "postmaster.pid")).ElementAt(6).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.Contains(memory, SharedMemory());
        await File.WriteAllTextAsync(Path.Combine(sandbox.Path, "cmetl-sandbox"), "/no/such/folder");
        await sandbox.DisposeAsync();
        Assert.True(server.HasExited);
        Assert.False(Directory.Exists(sandbox.Path));
        Assert.DoesNotContain(memory, SharedMemory());
    }

    [Fact]
    public async Task Spares_a_process_that_only_has_the_number_of_the_server()
    {
        await using var other = await PostgresSandbox.StartAsync(Empty, null, default);
        var folder = SandboxFolder.Create(null, new PostgresPrograms("/no/such/folder"));
        Directory.CreateDirectory(folder.Data);
        File.Copy(Path.Combine(other.Path, "data", "postmaster.pid"), Path.Combine(folder.Data, "postmaster.pid"));
        await PostgresSandbox.RemoveAsync(folder.Root, default);
        Assert.Equal(1, await Db.ScalarAsync<int>(other, "SELECT 1"));
        Assert.False(Directory.Exists(folder.Root));
    }

    [Fact]
    public async Task A_start_that_fails_leaves_nothing_and_says_why()
    {
        var path = Path.Combine(Path.GetTempPath(), "cmetl-broken-" + Guid.NewGuid());
        var folder = SandboxFolder.Create(path, await new PostgresFinder().FindAsync(null, null, default));
        var server = new SandboxServer(folder, folder.Programs());
        await server.StartAsync(default);
        await SandboxServer.StopAsync(folder);
        await File.AppendAllTextAsync(Path.Combine(folder.Data, "postgresql.conf"), "no_such_setting = 1\n");
        var error = await Assert.ThrowsAsync<CmEtlException>(() => server.ListenAsync(default));
        Assert.Equal("SandboxStartFailed", error.ErrorId);
        Assert.Contains("no_such_setting", error.Message);
        await PostgresSandbox.RemoveAsync(path, default);
        Assert.False(Directory.Exists(path));
    }

    [Theory]
    [InlineData("Starting")]
    [InlineData("Creating the tables")]
    public async Task A_start_that_is_cancelled_leaves_nothing(string moment)
    {
        using var cancel = new CancellationTokenSource();
        var path = Path.Combine(Path.GetTempPath(), "cmetl-cancelled-" + Guid.NewGuid());
        var progress = new OnReport(text => { if (text.Contains(moment)) { cancel.Cancel(); } });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PostgresSandbox.StartAsync(Empty with { Path = path }, progress, cancel.Token));
        Assert.False(Directory.Exists(path));
    }

    private static IEnumerable<string> SharedMemory() =>
        File.ReadLines("/proc/sysvipc/shm").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private sealed class OnReport(Action<string> action) : IProgress<string>
    {
        public void Report(string value) => action(value);
    }
}
