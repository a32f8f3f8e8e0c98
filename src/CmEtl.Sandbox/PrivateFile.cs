using System.Text;

namespace CmEtl.Sandbox;

/// <summary>Files and folders that belong to their owner alone from the moment they exist: a mode that is set later is too late.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, or closes an existing one to others.</summary>
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

    /// <summary>Opens a file, new or not, that no other process can open meanwhile.</summary>
    public static FileStream Open(string path) => new(path, Options(FileMode.OpenOrCreate));

    /// <summary>Writes a new file; one that is there, or a link in its place, is an error.</summary>
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
