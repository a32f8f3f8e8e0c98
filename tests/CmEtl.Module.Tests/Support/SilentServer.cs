using System.Net;
using System.Net.Sockets;

namespace CmEtl.Tests;

/// <summary>A server that accepts connections and never answers.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<TcpClient> _caller;

    public SilentServer()
    {
        _listener.Start();
        _caller = _listener.AcceptTcpClientAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether a client waits for an answer.</summary>
    public bool Asked => _caller.IsCompleted;

    public void Dispose()
    {
        _listener.Dispose();
        _caller.ContinueWith(c => c.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }
}
