namespace CmEtl.Chaos.Network;

/// <summary>
/// The statements of a client. The text of a prepared statement is sent once, and later only its name
/// (https://www.postgresql.org/docs/current/protocol-message-formats.html), so the text is remembered.
/// </summary>
internal sealed class Statements
{
    private readonly Dictionary<string, byte[]> _texts = [];
    private readonly HashSet<string> _justTold = [];

    /// <summary>
    /// The statement that the message begins: the message that contains its text, which is before the server takes a snapshot for it, and
    /// later the message that calls it. Any other message is returned unchanged.
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
