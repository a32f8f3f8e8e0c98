using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Files that a cmdlet writes into a folder: all of them, or none when one exists.</summary>
internal static class NewFiles
{
    /// <summary>Throws when a file exists that may not be replaced.</summary>
    public static void Refuse(IEnumerable<FileInfo> files, bool force)
    {
        if (!force && files.FirstOrDefault(f => f.Exists) is { } there)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.FileExists, $"{there} already exists. Nothing was written.", "Give -Force to replace it.") { Subject = there.FullName };
        }
    }

    /// <summary>Writes the files; the folder is made when it does not exist.</summary>
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
