using System.Net;
using System.Net.Sockets;

namespace CmEtl.AwsBench;

/// <summary>An HTTP server on a free loopback port that processes requests concurrently.</summary>
public sealed class LoopbackListener : IDisposable
{
    private readonly HttpListener _listener;

    /// <param name="answer">Called concurrently for each request. It closes the response.</param>
    public LoopbackListener(Func<HttpListenerContext, Task> answer)
    {
        (_listener, Port) = Listen();
        _ = ServeAsync(answer);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    /// <summary>Answers with bytes.</summary>
    public static async Task AnswerAsync(HttpListenerContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    /// <summary>The body of a request.</summary>
    public static async Task<byte[]> ReadAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        return body.ToArray();
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(async () =>
            {
                try
                {
                    await answer(context);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
                {
                    // The client is gone, for example killed.
                    context.Response.Abort();
                }
            });
        }
    }

    private static (HttpListener Listener, int Port) Listen()
    {
        for (var tries = 0; ; tries++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (tries < 10)
            {
                // Another process has taken the port meanwhile.
            }
        }
    }
}
