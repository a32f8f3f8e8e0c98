using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CmEtl.Engine.Tests.Session;

/// <summary>A real PgBouncer in front of a test database, on a free port of the loopback address.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cmetl-pgbouncer-");
    private readonly Process _process;

    private PgBouncer(EtlSettings target, string mode, string more)
    {
        Port = FreePort();
        var configuration = Path.Combine(_folder.FullName, "pgbouncer.ini");
        File.WriteAllText(configuration, $"""
            [databases]
            * = host={target.Host} port={target.Port} user={target.User} password={target.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {Port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            {more}

            """);
        var start = new ProcessStartInfo(Program!) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            // PgBouncer refuses to run as root.
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101);
            start.ArgumentList.Add("-u");
            start.ArgumentList.Add("nobody");
        }

        start.ArgumentList.Add(configuration);
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Path of the program; null when it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists);

    public int Port { get; }

    /// <param name="target">The server, and the role that every client gets.</param>
    /// <param name="mode">session, transaction or statement.</param>
    /// <param name="more">Additional lines of the configuration.</param>
    public static async Task<PgBouncer> StartAsync(EtlSettings target, string mode, string more = "")
    {
        var pooler = new PgBouncer(target, mode, more);
        for (var i = 0; i < 3_000; i++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, pooler.Port);
                return pooler;
            }
            catch (SocketException) when (!pooler._process.HasExited)
            {
                await Task.Delay(20);
            }
        }

        throw new InvalidOperationException("PgBouncer does not answer.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
