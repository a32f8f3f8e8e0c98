using System.IO.Compression;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>A deployment package on disk.</summary>
public static class PackageFile
{
    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: a package sent with the request.</summary>
    private const int MostBytes = 50 * 1024 * 1024;

    private const string Program = "bootstrap";

    /// <summary>Reads a package and looks whether it is one.</summary>
    /// <exception cref="CmEtlException">It is not there, is no zip, has no program, or is too large.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var bytes = SmallFile.Read(path, MostBytes);
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return zip.GetEntry(Program) is null ? throw Refuse(path, $"holds no program named {Program}")
                : bytes;
        }
        catch (InvalidDataException)
        {
            throw Refuse(path, "is not a zip file");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refuse(path, $"cannot be read: {error.Message.TrimEnd('.')}");
        }
    }

    private static CmEtlException Refuse(string path, string problem) => new(
        ErrorKind.Configuration, ErrorIds.InvalidPackage, $"{path} {problem}.", "Make the package with './cmetl ./build.ps1 -Task Package'.") { Subject = path };
}
