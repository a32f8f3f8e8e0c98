using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CmEtl.Chaos.Faults;

namespace CmEtl.Chaos.Network;

/// <summary>A proxy between one worker and the server that understands the worker's messages.</summary>
internal sealed class ChaosProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly int _serverPort;
    private volatile Trap? _trap;

    public ChaosProxy(int serverPort)
    {
        _serverPort = serverPort;
        Closing = _closing.Token;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public CancellationToken Closing { get; }

    /// <summary>One of the open connections, or null.</summary>
    public ProxiedConnection? Any => _connections.Keys.FirstOrDefault();

    /// <summary>Waits for the worker at a point. There can be only one trap at a time.</summary>
    public Trap Set(PausePoint point, int skip) => _trap = new Trap(point, skip);

    /// <summary>When the worker last began a transaction that keeps its snapshot, by this machine's clock (UTC).</summary>
    public DateTime LastSnapshot { get; private set; } = DateTime.MaxValue;

    public Trap? Springs(ProxiedConnection connection, ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("ISOLATION LEVEL REPEATABLE READ"u8) >= 0)
        {
            LastSnapshot = DateTime.UtcNow;
        }

        return _trap is { } trap && trap.Springs(connection, message) ? trap : null;
    }

    public void Dispose()
    {
        _trap?.Release();
        _closing.Cancel();
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }

        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!Closing.IsCancellationRequested)
        {
            try
            {
                _ = RunAsync(await _listener.AcceptSocketAsync(Closing));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
        }
        catch (SocketException)
        {
            client.Dispose();
            server.Dispose();
            return;
        }

        var connection = new ProxiedConnection(this, client, server);
        _connections[connection] = true;
        try
        {
            await connection.RunAsync();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The connection was cut by the proxy or by one of its ends.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }
}
