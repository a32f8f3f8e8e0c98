using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Checks certificates and the PG* variables that the driver reads in addition to the settings, before it connects. The driver's own errors
/// for them look like a lost connection or do not name the variable.
/// </summary>
internal static class DriverEnvironment
{
    /// <summary>Larger than any bundle of certificate authorities. The limit also prevents reading from a device.</summary>
    private const long MaxCertificateBytes = 10_000_000;

    /// <summary>Checks everything that the driver will read for this connection.</summary>
    /// <param name="settings">Settings of the connection.</param>
    /// <param name="mode">The TLS mode in use.</param>
    /// <param name="passwordKnown">Whether a password is set, in which case no password file is read.</param>
    /// <param name="variable">Returns an environment variable.</param>
    /// <exception cref="CmEtlException">Names the setting or the variable.</exception>
    public static void Check(EtlSettings settings, SslMode mode, bool passwordKnown, Func<string, string?> variable)
    {
        if (settings.RootCertificate.Length > 0)
        {
            CheckCertificate("root_certificate", settings.RootCertificate);
        }
        else if (mode >= SslMode.VerifyCA && variable("PGSSLROOTCERT") is { Length: > 0 } authority)
        {
            CheckCertificate("PGSSLROOTCERT", authority);
        }

        if (mode != SslMode.Disable && variable("PGSSLCERT") is { Length: > 0 } certificate)
        {
            CheckCertificate("PGSSLCERT", certificate);
        }

        if (variable("PGREQUIREAUTH") is { Length: > 0 } methods && !IsRequireAuth(methods))
        {
            throw Refuse("PGREQUIREAUTH", "PGREQUIREAUTH contains a method that the driver does not know.",
                "Unset it, or use the driver's names: Password, MD5, GSS, SSPI, ScramSHA256, None.");
        }

        if (mode < SslMode.Require && "direct".Equals(variable("PGSSLNEGOTIATION"), StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse("PGSSLNEGOTIATION", "PGSSLNEGOTIATION is direct, which requires TLS, but ssl_mode does not require TLS.",
                "Unset PGSSLNEGOTIATION, or set ssl_mode to require, verify-ca or verify-full.");
        }

        if (!passwordKnown && string.IsNullOrEmpty(variable("PGPASSWORD")) && variable("PGPASSFILE") is { Length: > 0 } file && !File.Exists(file))
        {
            throw Refuse("PGPASSFILE", $"PGPASSFILE is set to {file}, which does not exist or is not a file.", "Correct or unset PGPASSFILE, or set the password.");
        }
    }

    private static bool IsRequireAuth(string methods)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder { RequireAuth = methods }.RequireAuth is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void CheckCertificate(string name, string path)
    {
        var problem = Directory.Exists(path) ? "is a folder" : File.Exists(path) ? Problem(path) : "does not exist";
        if (problem is not null)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidCertificate, $"{name} is set to the file {PlainText.Printable(path)}, which {problem}.",
                $"Set {name} to a file with a valid certificate in PEM or PKCS #12 format. For Amazon RDS it is global-bundle.pem from truststore.pki.rds.amazonaws.com.") { Subject = name };
        }
    }

    private static string? Problem(string path)
    {
        const string NoCertificate = "contains no certificate";
        try
        {
            if (new FileInfo(path).Length == 0)
            {
                return "is empty";
            }

            if (new FileInfo(path).Length > MaxCertificateBytes)
            {
                return NoCertificate;
            }

            // As in the driver: a file whose name ends in .pfx, or that contains no PEM, is PKCS #12.
            var certificates = new X509Certificate2Collection();
            if (!Path.GetExtension(path).Equals(".pfx", StringComparison.OrdinalIgnoreCase))
            {
                certificates.ImportFromPemFile(path);
            }

            if (certificates.Count == 0)
            {
                certificates.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password: null));
            }

            // A bundle may contain expired authorities next to current ones. One valid certificate is enough.
            return certificates.Count == 0 ? NoCertificate
                : certificates.All(HasExpired)
                    ? string.Create(CultureInfo.InvariantCulture, $"has expired: its certificate was valid until {certificates.Max(c => c.NotAfter).ToUniversalTime():yyyy-MM-dd}")
                    : null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return NoCertificate;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "cannot be read";
        }
    }

    // The same test as in TLS.
    private static bool HasExpired(X509Certificate2 certificate)
    {
        using var chain = new X509Chain { ChainPolicy = { RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust } };
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.Build(certificate);
        return chain.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.NotTimeValid));
    }

    private static CmEtlException Refuse(string variable, string message, string remedy) =>
        new(ErrorKind.Configuration, ErrorIds.InvalidEnvironment, message, remedy) { Subject = variable };
}
