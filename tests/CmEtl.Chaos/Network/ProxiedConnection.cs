using System.Net;
using System.Net.Sockets;

namespace CmEtl.Chaos.Network;

/// <summary>A connection of a worker, transmitted message by message.</summary>
internal sealed class ProxiedConnection(ChaosProxy proxy, Socket client, Socket server) : IDisposable
{
    private const int LongestMessage = 1 << 20;

    private volatile bool _silent;
    private volatile bool _dropReply;
    private volatile bool _deaf;

    /// <summary>The port by which the server identifies the connection: pg_stat_activity.client_port.</summary>
    public int ServerSidePort { get; } = ((IPEndPoint)server.LocalEndPoint!).Port;

    public async Task RunAsync()
    {
        try
        {
            await Task.WhenAny(ForwardAsync(), BackwardAsync());
        }
        finally
        {
            // If a connection transmits nothing any more, neither end learns that the other is gone.
            if (_silent)
            {
                await Task.Delay(Timeout.Infinite, proxy.Closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            Dispose();
        }
    }

    public void Cut() => Dispose();

    /// <summary>Discards the server's next message and cuts the connection.</summary>
    public void DropReply() => _dropReply = true;

    /// <summary>Silently stops transmitting.</summary>
    public void Silence() => _silent = true;

    /// <summary>Stops transmitting messages of the server.</summary>
    public void Deafen() => _deaf = true;

    public void Dispose()
    {
        // Reset, not shut down, so that data in transit is lost.
        client.Close(0);
        server.Close(0);
    }

    private async Task ForwardAsync()
    {
        var buffer = new byte[LongestMessage];
        var frames = new Frames();
        var statements = new Statements();
        var filled = 0;
        while (await ReceiveAsync(client, buffer.AsMemory(filled)) is var read and > 0)
        {
            filled += read;
            int sent = 0, next = 0;
            while (frames.Next(buffer.AsSpan(next, filled - next)) is var length and > 0)
            {
                if (proxy.Springs(this, statements.About(buffer.AsSpan(next, length))) is { } trap)
                {
                    await SendAsync(server, buffer.AsMemory(sent, next - sent));
                    sent = next;
                    await trap.Released;
                }

                next += length;
            }

            await SendAsync(server, buffer.AsMemory(sent, next - sent));
            filled -= next;
            buffer.AsSpan(next, filled).CopyTo(buffer);
        }
    }

    private async Task BackwardAsync()
    {
        var buffer = new byte[1 << 16];
        while (await ReceiveAsync(server, buffer) is var read and > 0)
        {
            if (_dropReply)
            {
                return;
            }

            if (!_deaf)
            {
                await SendAsync(client, buffer.AsMemory(0, read));
            }
        }
    }

    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        if (!_silent && bytes.Length > 0)
        {
            await to.SendAsync(bytes);
        }
    }

    private static async Task<int> ReceiveAsync(Socket from, Memory<byte> buffer)
    {
        try
        {
            return await from.ReceiveAsync(buffer);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
