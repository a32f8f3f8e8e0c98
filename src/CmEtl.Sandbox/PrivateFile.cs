using System.Text;

namespace CmEtl.Sandbox;

/// <summary>Creates files and folders that only their owner can access, from the start. Setting the mode later would be too late.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, or removes others' access to an existing one.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerFolder);
        File.SetUnixFileMode(path, OwnerFolder);
    }

    /// <summary>Opens or creates a file that no other process can open at the same time.</summary>
    public static FileStream Open(string path) => new(path, Options(FileMode.OpenOrCreate));

    /// <summary>Writes a new file. Fails if a file or link with this path exists.</summary>
    public static void Write(string path, string text)
    {
        using var file = new FileStream(path, Options(FileMode.CreateNew));
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return options;
    }
}
