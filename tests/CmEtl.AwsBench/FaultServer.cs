using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CmEtl.AwsBench;

/// <summary>The faults of a <see cref="FaultServer"/>.</summary>
public enum Fault
{
    /// <summary>A login page with status 200.</summary>
    Html,

    /// <summary>The first half of a JSON object, with a matching Content-Length.</summary>
    HalfJson,

    /// <summary>Fewer bytes than announced, then the connection ends.</summary>
    ShortBody,

    /// <summary>Status 200 without content.</summary>
    EmptyBody,

    /// <summary>The JSON value null.</summary>
    Null,

    /// <summary>A JSON array.</summary>
    Array,

    /// <summary>A JSON object whose members are all numbers.</summary>
    WrongTypes,

    /// <summary>A JSON object whose members are all null.</summary>
    NullMembers,

    /// <summary>Status 503 with the page of a proxy.</summary>
    ProxyError,

    /// <summary>Status 404 with the page of another server.</summary>
    OtherServer,

    /// <summary>A redirect to another host.</summary>
    Redirect,

    /// <summary>A response that is not HTTP.</summary>
    Garbage,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The connection is closed.</summary>
    Close,

    /// <summary>Headers, then a byte from time to time.</summary>
    Trickle,

    /// <summary>No response.</summary>
    Silence,
}

/// <summary>A server on loopback that answers every request with the same fault.</summary>
public sealed class FaultServer : IDisposable
{
    private static readonly string[] Members =
    [
        "executionArn", "startDate", "stateMachineArn", "stateMachines", "executions", "events", "mapRuns", "status", "result", "diagnostics", "stopDate",
        "redriveDate", "updateDate", "tags", "definition", "roleArn", "routingConfiguration", "stateMachineAliasArn", "stateMachineVersionArn",
        "stateMachineVersions", "stateMachineAliases", "mapRunArn", "itemCounts", "executionCounts", "AliasArn", "FunctionVersion", "Name", "Aliases", "Versions",
        "Version", "FunctionArn", "Configuration", "ReservedConcurrentExecutions", "CodeSha256", "Timeout", "run_id", "chunk_id",
    ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Fault _fault;
    private int _requests;

    /// <param name="fault">The fault.</param>
    public FaultServer(Fault fault)
    {
        _fault = fault;
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Its address.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Number of requests so far.</summary>
    public int Requests => _requests;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server was stopped.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await ReadAsync(stream);
                Interlocked.Increment(ref _requests);
                await MisbehaveAsync(client, stream);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client has closed the connection.
            }
        }
    }

    private Task MisbehaveAsync(TcpClient client, NetworkStream stream) => _fault switch
    {
        Fault.Html => SendAsync(stream, "200 OK", "text/html", "<html><body>Please log in</body></html>"),
        Fault.HalfJson => SendAsync(stream, "200 OK", "application/json", "{\"executionArn\":\"arn:aws:states:us-east-1:1"),
        Fault.ShortBody => SendAsync(stream, "200 OK", "application/json", "{}", 1000),
        Fault.EmptyBody => SendAsync(stream, "200 OK", "application/json", ""),
        Fault.Null => SendAsync(stream, "200 OK", "application/json", "null"),
        Fault.Array => SendAsync(stream, "200 OK", "application/json", "[1,2]"),
        Fault.WrongTypes => SendAsync(stream, "200 OK", "application/json", $"{{{string.Join(',', Members.Select(m => $"\"{m}\":[[7]]"))}}}"),
        Fault.NullMembers => SendAsync(stream, "200 OK", "application/json", $"{{{string.Join(',', Members.Select(m => $"\"{m}\":null"))}}}"),
        Fault.ProxyError => SendAsync(stream, "503 Service Unavailable", "text/html", "<html>upstream</html>"),
        Fault.OtherServer => SendAsync(stream, "404 Not Found", "text/html", "<html>nginx</html>"),
        Fault.Redirect => SendAsync(stream, "307 Temporary Redirect", "text/html", "", extra: "Location: http://login.example.org/\r\n"),
        Fault.Garbage => stream.WriteAsync("SSH-2.0-OpenSSH_9.7\r\n"u8.ToArray(), _stop.Token).AsTask(),
        Fault.Reset => Reset(client),
        Fault.Close => Task.CompletedTask,
        Fault.Trickle => TrickleAsync(stream),
        _ => Task.Delay(Timeout.Infinite, _stop.Token),
    };

    private static Task Reset(TcpClient client)
    {
        client.Client.LingerState = new LingerOption(true, 0);
        return Task.CompletedTask;
    }

    private async Task TrickleAsync(NetworkStream stream)
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray(), _stop.Token);
        while (true)
        {
            await Task.Delay(200, _stop.Token);
            await stream.WriteAsync(" "u8.ToArray(), _stop.Token);
        }
    }

    private async Task SendAsync(NetworkStream stream, string status, string type, string body, int? length = null, string extra = "")
    {
        var head = $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {length ?? body.Length}\r\nConnection: close\r\n{extra}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body), _stop.Token);
    }

    // Reads the whole request, because closing a socket with unread data resets the connection.
    private async Task ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            bytes.AddRange(buffer[..count]);
            var text = Encoding.Latin1.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (count == 0)
            {
                throw new IOException("The request ended early.");
            }

            if (end < 0)
            {
                continue;
            }

            var length = text[..end].Split("\r\n").Select(l => l.Split(": "))
                .FirstOrDefault(h => h[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
            if (bytes.Count - end - 4 >= (length is null ? 0 : int.Parse(length[1], System.Globalization.CultureInfo.InvariantCulture)))
            {
                return;
            }
        }
    }
}
