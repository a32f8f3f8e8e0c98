using System.Buffers.Binary;

namespace CmEtl.Chaos.Network;

/// <summary>
/// Finds the boundaries of a client's messages (https://www.postgresql.org/docs/current/protocol-message-formats.html). Only the first
/// message has no type before its length.
/// </summary>
internal sealed class Frames
{
    private bool _started;

    /// <summary>The length of the message that <paramref name="bytes"/> begin with, or 0 when it is incomplete.</summary>
    public int Next(ReadOnlySpan<byte> bytes)
    {
        var typed = _started ? 1 : 0;
        if (bytes.Length < typed + 4)
        {
            return 0;
        }

        var length = typed + BinaryPrimitives.ReadInt32BigEndian(bytes[typed..]);
        if (bytes.Length < length)
        {
            return 0;
        }

        _started = true;
        return length;
    }
}
