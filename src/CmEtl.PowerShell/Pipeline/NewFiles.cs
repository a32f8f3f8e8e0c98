using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Files that a cmdlet writes into a folder. If one exists, none is written.</summary>
internal static class NewFiles
{
    /// <summary>Throws if a file exists and <paramref name="force"/> is false.</summary>
    public static void Refuse(IEnumerable<FileInfo> files, bool force)
    {
        if (!force && files.FirstOrDefault(f => f.Exists) is { } there)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.FileExists, $"{there} already exists. Nothing was written.", "Use -Force to replace it.") { Subject = there.FullName };
        }
    }

    /// <summary>Writes the files. The folder is created if it does not exist.</summary>
    public static void Save(string folder, string what, IReadOnlyDictionary<FileInfo, byte[]> files)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (file, content) in files)
            {
                File.WriteAllBytes(file.FullName, content);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.CannotWrite, $"{what} cannot be written: {error.Message.TrimEnd('.')}.", "Give a folder that can be written to.")
            {
                Subject = folder,
            };
        }
    }
}
