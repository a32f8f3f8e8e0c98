using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Certificates and the PG* variables that the driver reads besides our settings, looked at before it connects: its own errors for them
/// look like a lost connection, or name no variable.
/// </summary>
internal static class DriverEnvironment
{
    /// <summary>More than any bundle of certificate authorities has; also keeps us from reading a device.</summary>
    private const long MaxCertificateBytes = 10_000_000;

    /// <summary>Checks everything that the driver will read for this connection.</summary>
    /// <param name="settings">Where to connect.</param>
    /// <param name="mode">The TLS mode that is used.</param>
    /// <param name="passwordKnown">Whether a password is given, so that no password file is read.</param>
    /// <param name="variable">The environment.</param>
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
            throw Refuse("PGREQUIREAUTH", "The driver does not know a method that PGREQUIREAUTH names.",
                "Unset it, or write the methods as the driver does: Password, MD5, GSS, SSPI, ScramSHA256, None.");
        }

        if (mode < SslMode.Require && "direct".Equals(variable("PGSSLNEGOTIATION"), StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse("PGSSLNEGOTIATION", "PGSSLNEGOTIATION is direct, which needs TLS, and ssl_mode does not require it.",
                "Unset PGSSLNEGOTIATION, or set ssl_mode to require, verify-ca or verify-full.");
        }

        if (!passwordKnown && string.IsNullOrEmpty(variable("PGPASSWORD")) && variable("PGPASSFILE") is { Length: > 0 } file && !File.Exists(file))
        {
            throw Refuse("PGPASSFILE", $"PGPASSFILE names {file}, which is not a file.", "Correct or unset PGPASSFILE, or give the password.");
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
                ErrorKind.Configuration, ErrorIds.InvalidCertificate, $"The file {PlainText.Printable(path)}, which {name} names, {problem}.",
                $"Set {name} to a file with a valid certificate in PEM or PKCS #12 format. For Amazon RDS it is global-bundle.pem from truststore.pki.rds.amazonaws.com.") { Subject = name };
        }
    }

    private static string? Problem(string path)
    {
        const string NoCertificate = "holds no certificate";
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

            // The driver's own order: a file whose name ends in .pfx, or that has no PEM in it, is PKCS #12.
            var certificates = new X509Certificate2Collection();
            if (!Path.GetExtension(path).Equals(".pfx", StringComparison.OrdinalIgnoreCase))
            {
                certificates.ImportFromPemFile(path);
            }

            if (certificates.Count == 0)
            {
                certificates.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password: null));
            }

            // A bundle may keep old authorities beside the new ones; one that is valid is enough.
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

    // Judged as TLS will judge it.
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
