namespace CmEtl.Engine;

/// <summary>Reads files that users write. Their size is limited, because a path may lead to a device without an end.</summary>
public static class SmallFile
{
    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="path">File, pipe or device.</param>
    /// <param name="most">Maximum size in bytes.</param>
    /// <exception cref="IOException">The file cannot be read or is larger.</exception>
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
