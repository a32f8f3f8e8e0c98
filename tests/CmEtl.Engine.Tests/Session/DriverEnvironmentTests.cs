using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CmEtl.Engine.Tests.Engine;
using Npgsql;

namespace CmEtl.Engine.Tests.Session;

/// <summary>Invalid environment variables and certificates are refused by name before the driver connects.</summary>
public sealed class DriverEnvironmentTests
{
    [Theory]
    [InlineData("PGREQUIREAUTH", "scram-sha-256", "InvalidEnvironment")]
    [InlineData("PGREQUIREAUTH", "!None,MD5", "InvalidEnvironment")]
    [InlineData("PGSSLNEGOTIATION", "direct", "InvalidEnvironment")]
    [InlineData("PGPASSFILE", "/no/such/file", "InvalidEnvironment")]
    [InlineData("PGSSLCERT", "/no/such/file", "InvalidCertificate")]
    public void A_variable_that_cannot_be_used_is_named(string name, string value, string id)
    {
        var error = Assert.Throws<CmEtlException>(() => Check(new EtlSettings(), SslMode.Prefer, (name, value)));
        Assert.Equal((ErrorKind.Configuration, id, name), (error.Kind, error.ErrorId, error.Subject));
        Assert.Contains(name, error.Message + error.Remedy, StringComparison.Ordinal);
        Refusal.AssertClear(name, error);
    }

    [Theory]
    [InlineData("PGREQUIREAUTH", "ScramSHA256,MD5", SslMode.Prefer)]
    [InlineData("PGSSLNEGOTIATION", "direct", SslMode.VerifyFull)]
    [InlineData("PGSSLNEGOTIATION", "postgres", SslMode.Prefer)]
    [InlineData("PGSSLROOTCERT", "/no/such/file", SslMode.Prefer)]
    [InlineData("PGSSLCERT", "/no/such/file", SslMode.Disable)]
    public void A_variable_that_can_be_used_or_is_not_read_is_let_be(string name, string value, SslMode mode) =>
        Check(new EtlSettings(), mode, (name, value));

    [Fact]
    public void An_invalid_root_certificate_is_named_with_its_file()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "text"), "-----BEGIN CERTIFICATE-----\nnot base64\n-----END CERTIFICATE-----\n");
            File.WriteAllText(Path.Combine(folder.FullName, "empty"), "");
            File.WriteAllText(Path.Combine(folder.FullName, "key.pfx"), "hello");
            string[] paths = ["/no/such/file", folder.FullName, "/dev/zero", .. Directory.GetFiles(folder.FullName)];
            foreach (var path in paths)
            {
                var error = Assert.Throws<CmEtlException>(() => Check(new EtlSettings { RootCertificate = path }, SslMode.Prefer));
                Assert.Equal((ErrorKind.Configuration, "InvalidCertificate", "root_certificate"), (error.Kind, error.ErrorId, error.Subject));
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
                error = Assert.Throws<CmEtlException>(() => Check(new EtlSettings(), SslMode.VerifyFull, ("PGSSLROOTCERT", path)));
                Assert.Equal("PGSSLROOTCERT", error.Subject);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_expired_certificate_is_named_with_its_date_unless_another_is_valid()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var key = ECDsa.Create();
            string Pem(int untilDays)
            {
                using var certificate = new CertificateRequest("CN=cm", key, HashAlgorithmName.SHA256)
                    .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(untilDays));
                return certificate.ExportCertificatePem() + "\n";
            }

            File.WriteAllText(file, Pem(-1));
            var error = Assert.Throws<CmEtlException>(() => Check(new EtlSettings { RootCertificate = file }, SslMode.VerifyFull));
            Assert.Contains($"valid until {DateTime.UtcNow.AddDays(-1):yyyy-MM-dd}", error.Message, StringComparison.Ordinal);

            File.AppendAllText(file, Pem(1));
            Check(new EtlSettings { RootCertificate = file }, SslMode.VerifyFull);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_certificate_is_taken_in_either_format()
    {
        var folder = Directory.CreateTempSubdirectory("cmetl-");
        try
        {
            using var key = ECDsa.Create();
            using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            var (pem, pfx) = (Path.Combine(folder.FullName, "ca.pem"), Path.Combine(folder.FullName, "ca.pfx"));
            File.WriteAllText(pem, certificate.ExportCertificatePem());
            File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pkcs12));
            Check(new EtlSettings { RootCertificate = pem }, SslMode.VerifyFull);
            Check(new EtlSettings { RootCertificate = pfx }, SslMode.VerifyFull);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Check(EtlSettings settings, SslMode mode, params (string Name, string Value)[] variables) =>
        DriverEnvironment.Check(
        settings, mode, passwordKnown: false, name => variables.FirstOrDefault(v => v.Name == name).Value);
}
