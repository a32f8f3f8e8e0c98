using System.Text;
using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>Replaces a file as a whole. Readers see the old file until the new one is complete.</summary>
public static class ReportFile
{
    /// <summary>Throws <see cref="CmEtlException"/> if the file cannot or must not be written.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    /// <param name="force">Whether a read-only file may be replaced, too.</param>
    public static void Check(string path, bool overwrite, bool force)
    {
        if (Directory.Exists(path))
        {
            throw Refuse(path, ErrorIds.NotAFile, $"{path} is a folder. Nothing was written.", "Give the path of a file in the folder.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw Refuse(path, ErrorIds.FolderNotFound, $"The folder {Path.GetDirectoryName(path)} does not exist. Nothing was written.", "Create it, or give another path.");
        }

        // A device would be replaced by the file. /dev/shm holds ordinary files.
        if ((path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
            || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            throw Refuse(path, ErrorIds.NotAFile, $"{path} is not a regular file. Nothing was written.", "Give the path of a file.");
        }

        if (!overwrite && File.Exists(path))
        {
            throw Refuse(path, ErrorIds.FileExists, $"{path} already exists. Nothing was written.", "Leave out -NoClobber to replace it, or give another path.");
        }

        if (!force && File.Exists(path) && new FileInfo(path).IsReadOnly)
        {
            throw Refuse(path, ErrorIds.FileReadOnly, $"{path} is read-only. Nothing was written.", "Use -Force to replace it.");
        }
    }

    /// <summary>
    /// Writes the text as UTF-8 without a byte order mark. Throws <see cref="CmEtlException"/> if the file cannot be written.
    /// </summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">The file's content.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    public static void Write(string path, string text, bool overwrite)
    {
        // The target of a link is replaced, not the link.
        var target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (overwrite && OperatingSystem.IsWindows() && File.Exists(target))
            {
                // Windows refuses to replace a read-only file. Check has already verified that this one may be replaced.
                File.SetAttributes(target, FileAttributes.Normal);
            }

            File.Move(temporary, target, overwrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse(path, ErrorIds.CannotWrite, $"The report cannot be written: {error.Message.TrimEnd('.')}.", "Give the path of a file that you can write to.");
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static CmEtlException Refuse(string path, string id, string message, string remedy) =>
        new(ErrorKind.Configuration, id, message, remedy) { Subject = path };
}
