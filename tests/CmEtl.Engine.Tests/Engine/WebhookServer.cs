using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A small HTTP server that answers as configured, or not at all, and keeps the requests.</summary>
internal sealed class WebhookServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<int, string?> answer;
    private int requests;

    /// <param name="answer">The answer to a request by its number, from 0; null for no answer.</param>
    public WebhookServer(Func<int, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/services/T0SECRET";

    public ConcurrentQueue<string> Bodies { get; } = [];

    public static string Status(string line, string header = "") => $"HTTP/1.1 {line}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n";

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(connection.GetStream(), Encoding.UTF8);
        var length = 0;
        for (var line = await reader.ReadLineAsync(); !string.IsNullOrEmpty(line); line = await reader.ReadLineAsync())
        {
            length = line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(line[15..], null) : length;
        }

        var body = new StringBuilder();
        while (Encoding.UTF8.GetByteCount(body.ToString()) < length)
        {
            var buffer = new char[length];
            body.Append(buffer, 0, await reader.ReadAsync(buffer));
        }

        Bodies.Enqueue(body.ToString());
        if (answer(Interlocked.Increment(ref requests) - 1) is { } text)
        {
            await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
