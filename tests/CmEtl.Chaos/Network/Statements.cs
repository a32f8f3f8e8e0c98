namespace CmEtl.Chaos.Network;

/// <summary>
/// What a client is about to have done. A prepared statement is told once and then called by its name
/// (https://www.postgresql.org/docs/current/protocol-message-formats.html), so its text is remembered.
/// </summary>
internal sealed class Statements
{
    private readonly Dictionary<string, byte[]> _texts = [];
    private readonly HashSet<string> _justTold = [];

    /// <summary>
    /// The statement that the message begins: where it is told, which is before the server takes a snapshot for it, and from then on where
    /// it is called. Any other message as it is.
    /// </summary>
    public ReadOnlySpan<byte> About(ReadOnlySpan<byte> message)
    {
        if (message.Length < 5)
        {
            return message;
        }

        var body = message[5..];
        switch (message[0])
        {
            case (byte)'P':
                var told = Text(body, out var query);
                _texts[told] = query.ToArray();
                _justTold.Add(told);
                return message;
            case (byte)'B':
                Text(body, out var afterPortal);
                var called = Text(afterPortal, out _);
                return _justTold.Remove(called) ? [] : _texts.GetValueOrDefault(called) ?? [];
            default:
                return message;
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> rest)
    {
        var end = bytes.IndexOf((byte)0);
        rest = bytes[(end + 1)..];
        return System.Text.Encoding.UTF8.GetString(bytes[..end]);
    }
}
