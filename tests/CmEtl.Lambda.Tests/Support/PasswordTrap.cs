using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CmEtl.Lambda.Tests;

/// <summary>
/// Implements just enough of PostgreSQL's protocol to receive a password in clear text, as RDS receives a token, and then refuses it
/// (https://www.postgresql.org/docs/current/protocol-flow.html).
/// </summary>
internal sealed class PasswordTrap : IDisposable
{
    private const int SslRequest = 80877103;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PasswordTrap()
    {
        _listener.Start();
        Password = CatchAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task<string> Password { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<string> CatchAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        if (BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(stream)) == SslRequest)
        {
            await stream.WriteAsync("N"u8.ToArray());
            await ReadAsync(stream);
        }

        await stream.WriteAsync(new byte[] { (byte)'R', 0, 0, 0, 8, 0, 0, 0, 3 });
        Assert.Equal('p', stream.ReadByte());
        var password = Encoding.UTF8.GetString(await ReadAsync(stream)).TrimEnd('\0');
        var fields = "SFATAL\0VFATAL\0C28P01\0Mrefused\0\0"u8.ToArray();
        await stream.WriteAsync((byte[])[(byte)'E', 0, 0, 0, (byte)(fields.Length + 4), .. fields]);
        return password;
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream)
    {
        var length = new byte[4];
        await stream.ReadExactlyAsync(length);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4];
        await stream.ReadExactlyAsync(body);
        return body;
    }
}
