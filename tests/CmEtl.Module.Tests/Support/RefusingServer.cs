using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CmEtl.Tests;

/// <summary>A service that refuses every request, so that a cmdlet sends its request and does not retry.</summary>
internal sealed class RefusingServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public RefusingServer()
    {
        Url = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                context.Response.StatusCode = (int)HttpStatusCode.Forbidden;
                context.Response.Close(Encoding.UTF8.GetBytes("""{"__type":"AccessDeniedException","message":"Nobody is let in."}"""), willBlock: false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // The test has ended, or the client has closed the connection.
            }
        }
    }
}
