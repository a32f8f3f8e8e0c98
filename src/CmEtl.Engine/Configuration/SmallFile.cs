namespace CmEtl.Engine;

/// <summary>Files that people write, whose size is limited: a path may lead to a device that never ends.</summary>
public static class SmallFile
{
    /// <summary>The file's bytes.</summary>
    /// <param name="path">File, pipe or device.</param>
    /// <param name="most">Bytes it may have.</param>
    /// <exception cref="IOException">It cannot be read or has more.</exception>
    public static byte[] Read(string path, int most)
    {
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        for (var length = file.Read(buffer); length > 0; length = file.Read(buffer))
        {
            content.Write(buffer, 0, length);
            if (content.Length > most)
            {
                throw new IOException($"It is larger than {most} bytes.");
            }
        }

        return content.ToArray();
    }
}
