using System.Collections;
using CmEtl.Aws;
using CmEtl.Aws.Credentials;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Where a password comes from that is made or read for each new connection.</summary>
/// <param name="Iam">From IAM: a token of 15 minutes.</param>
/// <param name="SecretArn">From this secret; empty when there is none.</param>
internal sealed record PasswordOrigin(bool Iam, string SecretArn)
{
    // The function's own variables: one set of them serves a container, a timer and the function.
    private const string IamVariable = "CMETL_RDS_IAM";
    private const string SecretVariable = "CMETL_PASSWORD_SECRET_ARN";

    /// <summary>
    /// What the parameters say, else the connection, else the environment; null when the password is a setting, or a password file's.
    /// </summary>
    /// <param name="bound">Parameters by name.</param>
    /// <param name="connection">The connection that is used, or null.</param>
    /// <exception cref="CmEtlException">Two parameters or variables say where the password comes from.</exception>
    public static PasswordOrigin? Of(IDictionary bound, CmConnection? connection)
    {
        var iam = LanguageTruth(bound[nameof(EngineCmdlet.UseIamAuthentication)]);
        var arn = bound[nameof(EngineCmdlet.PasswordSecretArn)]?.ToString() ?? "";
        if (iam || arn.Length > 0)
        {
            return (iam && arn.Length > 0) || bound[nameof(EngineCmdlet.Credential)] is not null
                ? throw Twice($"-{nameof(EngineCmdlet.UseIamAuthentication)}, -{nameof(EngineCmdlet.PasswordSecretArn)} and -{nameof(EngineCmdlet.Credential)}")
                : new PasswordOrigin(iam, arn);
        }

        if (connection is not null || bound[nameof(EngineCmdlet.Credential)] is not null)
        {
            return connection?.Origin;
        }

        var variable = Environment.GetEnvironmentVariable(IamVariable)?.ToUpperInvariant() ?? "";
        var secret = Environment.GetEnvironmentVariable(SecretVariable) ?? "";
        if (variable is not ("" or "TRUE" or "FALSE"))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidSettings, $"{IamVariable} is not usable: allowed is true or false.", "Correct or unset it.") { Subject = IamVariable };
        }

        var given = new[] { variable == "TRUE", secret.Length > 0, !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("POSTGRES_PASSWORD")) };
        return given.Count(g => g) > 1 && (given[0] || given[1]) ? throw Twice($"{IamVariable}, {SecretVariable} and POSTGRES_PASSWORD")
            : given[0] || given[1] ? new PasswordOrigin(given[0], secret) : null;
    }

    /// <summary>What the engine asks for each connection's password.</summary>
    public Func<CancellationToken, ValueTask<string>> Open(EtlSettings settings) =>
        Iam ? DatabasePassword.FromIam(new AwsConnection(), settings) : DatabasePassword.FromSecret(SecretArn, new AwsConnection());

    private static bool LanguageTruth(object? value) => value is not null && System.Management.Automation.LanguagePrimitives.IsTrue(value);

    private static CmEtlException Twice(string names) => new(
        ErrorKind.Configuration, ErrorIds.ConnectionTwice, $"{names} exclude each other: the password has one source.", "Give one of them.") { Subject = "password" };
}
