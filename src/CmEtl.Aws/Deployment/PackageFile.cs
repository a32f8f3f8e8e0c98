using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>A deployment package.</summary>
/// <param name="Bytes">The zip file.</param>
/// <param name="Architecture">x86_64 or arm64, as its program is made for; null where that does not show, for instance in a script.</param>
public sealed record PackageFile(byte[] Bytes, string? Architecture)
{
    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: a package sent with the request.</summary>
    private const int MostBytes = 50 * 1024 * 1024;

    private const string Program = "bootstrap";

    /// <summary>The package's hash as Lambda writes it.</summary>
    public string Sha256 => Convert.ToBase64String(SHA256.HashData(Bytes));

    /// <summary>Reads a package and checks whether it is one.</summary>
    /// <exception cref="CmEtlException">It is not there, is no zip, has no program, or is too large.</exception>
    public static PackageFile Read(string path)
    {
        try
        {
            var bytes = SmallFile.Read(path, MostBytes);
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            return zip.GetEntry(Program) is { } program ? new(bytes, ReadArchitecture(program)) : throw Refuse(path, $"holds no program named {Program}");
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

    // e_machine of the ELF header, at byte 18: https://man7.org/linux/man-pages/man5/elf.5.html. EM_X86_64 is 62, EM_AARCH64 is 183.
    private static string? ReadArchitecture(ZipArchiveEntry program)
    {
        using var stream = program.Open();
        Span<byte> header = stackalloc byte[20];
        var isElf = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.StartsWith("\u007fELF"u8);
        return !isElf ? null : BinaryPrimitives.ReadUInt16LittleEndian(header[18..]) switch { 62 => "x86_64", 183 => "arm64", _ => null };
    }

    private static CmEtlException Refuse(string path, string problem) => new(
        ErrorKind.Configuration, ErrorIds.InvalidPackage, $"{path} {problem}.", "Make the package with './cmetl ./build.ps1 -Task Package'.") { Subject = path };
}
