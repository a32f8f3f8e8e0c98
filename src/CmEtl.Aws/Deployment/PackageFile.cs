using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>A deployment package.</summary>
/// <param name="Bytes">The zip file.</param>
/// <param name="Architecture">x86_64 or arm64, the processor that its program is built for. Null if unknown, for example for a
/// script.</param>
public sealed record PackageFile(byte[] Bytes, string? Architecture)
{
    /// <summary>
    /// Maximum size of a package sent with the request: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
    /// </summary>
    private const int MostBytes = 50 * 1024 * 1024;

    private const string Program = "bootstrap";

    private const string Arm = "arm64";

    private const int MostCertificateBytes = 1024 * 1024;

    // A regular file that all users can read: https://man7.org/linux/man-pages/man7/inode.7.html.
    private const int Readable = 0b1_000_000_110_100_100;

    /// <summary>
    /// Path of the certificates in a package, and the value of <see cref="RootCertificateVariable"/>.
    /// </summary>
    public const string RootCertificate = "root-certificate.pem";

    /// <summary>The function's environment variable with this path.</summary>
    public const string RootCertificateVariable = "CMETL_ROOT_CERTIFICATE";

    /// <summary>Whether the package contains certificates of certification authorities.</summary>
    public bool HasRootCertificate
    {
        get
        {
            using var zip = new ZipArchive(new MemoryStream(Bytes), ZipArchiveMode.Read);
            return zip.GetEntry(RootCertificate) is not null;
        }
    }

    /// <summary>The package's SHA-256 hash in base64, as Lambda returns it.</summary>
    public string Sha256 => Convert.ToBase64String(SHA256.HashData(Bytes));

    /// <summary>Reads and checks a package.</summary>
    /// <param name="path">The zip file, or the folder that build.ps1 -Task Package wrote it to.</param>
    /// <param name="architecture">x86_64 or arm64. Selects the package in a folder, and the program must be built for this processor. Null
    /// accepts any package.</param>
    /// <exception cref="CmEtlException">The file does not exist, is not a zip file, has no program, is too large, or is built for another
    /// processor.</exception>
    public static PackageFile Read(string path, string? architecture = null)
    {
        if (Directory.Exists(path))
        {
            path = Path.Combine(path, architecture == Arm ? "cmetl-lambda-arm64.zip" : "cmetl-lambda.zip");
        }

        try
        {
            var bytes = SmallFile.Read(path, MostBytes);
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var program = zip.GetEntry(Program) ?? throw Refuse(path, $"does not contain a program named {Program}");
            var made = ReadArchitecture(program);
            return made is null || architecture is null || made == architecture ? new(bytes, made ?? architecture)
                : throw new CmEtlException(
                    ErrorKind.Configuration, ErrorIds.InvalidPackage, $"{path} is built for {made}, not for {architecture}. Nothing was changed.",
                    "Give the package for this architecture, cmetl-lambda.zip (x86_64) or cmetl-lambda-arm64.zip, or leave out -Architecture.") { Subject = path };
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

    /// <summary>Adds certificates of certification authorities that the function trusts.</summary>
    /// <param name="path">A PEM file.</param>
    /// <exception cref="CmEtlException">The file cannot be read or contains no certificate.</exception>
    public PackageFile WithRootCertificate(string path)
    {
        try
        {
            var text = SmallFile.Read(path, MostCertificateBytes);
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(Encoding.UTF8.GetString(text));
            return certificates.Count > 0 ? this with { Bytes = Add(text) } : throw RefuseCertificate(path, "does not contain a certificate in PEM format");
        }
        catch (CryptographicException)
        {
            throw RefuseCertificate(path, "does not contain a certificate in PEM format");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw RefuseCertificate(path, $"cannot be read: {error.Message.TrimEnd('.')}");
        }
    }

    // The same package and certificates must give the same bytes, so that no new version is published.
    private byte[] Add(byte[] certificates)
    {
        var package = new MemoryStream();
        package.Write(Bytes);
        using (var zip = new ZipArchive(package, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(RootCertificate)?.Delete();
            var entry = zip.CreateEntry(RootCertificate);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            // The function runs as a different user than the owner of its files.
            entry.ExternalAttributes = Readable << 16;
            using var stream = entry.Open();
            stream.Write(certificates);
        }

        return package.ToArray();
    }

    private static CmEtlException RefuseCertificate(string path, string problem) => new(
        ErrorKind.Configuration, ErrorIds.InvalidCertificate, $"{path} {problem}. Nothing was changed.",
        "Give a PEM file with the certificates of the certification authorities. For Amazon RDS, this is the bundle global-bundle.pem.") { Subject = path };

    // e_machine of the ELF header, at byte 18: https://man7.org/linux/man-pages/man5/elf.5.html. EM_X86_64 is 62, EM_AARCH64 is 183.
    private static string? ReadArchitecture(ZipArchiveEntry program)
    {
        using var stream = program.Open();
        Span<byte> header = stackalloc byte[20];
        var isElf = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.StartsWith("\u007fELF"u8);
        return !isElf ? null : BinaryPrimitives.ReadUInt16LittleEndian(header[18..]) switch { 62 => "x86_64", 183 => Arm, _ => null };
    }

    private static CmEtlException Refuse(string path, string problem) => new(
        ErrorKind.Configuration, ErrorIds.InvalidPackage, $"{path} {problem}.", "Create the package with './cmetl ./build.ps1 -Task Package'.") { Subject = path };
}
