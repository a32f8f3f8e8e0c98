using System.Collections;
using CmEtl.Aws;
using CmEtl.Aws.Credentials;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Source of a password that is created or read for each new connection.</summary>
/// <param name="Iam">True for an IAM token, which is valid for 15 minutes.</param>
/// <param name="SecretArn">ARN of the secret. Empty for an IAM token.</param>
internal sealed record PasswordOrigin(bool Iam, string SecretArn)
{
    // The same variables as the function's, so that a container, a timer and the function can share them.
    private const string IamVariable = "CMETL_RDS_IAM";
    private const string SecretVariable = "CMETL_PASSWORD_SECRET_ARN";

    /// <summary>
    /// The source that the parameters name, or else the connection, or else the environment. Null if the password is a setting or comes
    /// from a password file.
    /// </summary>
    /// <param name="bound">Parameters by name.</param>
    /// <param name="connection">The connection in use, or null.</param>
    /// <exception cref="CmEtlException">Two parameters or variables name a source of the password.</exception>
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
                ErrorKind.Configuration, ErrorIds.InvalidSettings, $"{IamVariable} is not valid. Allowed are true and false.", "Correct or unset it.") { Subject = IamVariable };
        }

        var given = new[] { variable == "TRUE", secret.Length > 0, !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("POSTGRES_PASSWORD")) };
        return given.Count(g => g) > 1 && (given[0] || given[1]) ? throw Twice($"{IamVariable}, {SecretVariable} and POSTGRES_PASSWORD")
            : given[0] || given[1] ? new PasswordOrigin(given[0], secret) : null;
    }

    /// <summary>The function that the engine calls for each connection's password.</summary>
    public Func<CancellationToken, ValueTask<string>> Open(EtlSettings settings) =>
        Iam ? DatabasePassword.FromIam(new AwsConnection(), settings) : DatabasePassword.FromSecret(SecretArn, new AwsConnection());

    private static bool LanguageTruth(object? value) => value is not null && System.Management.Automation.LanguagePrimitives.IsTrue(value);

    private static CmEtlException Twice(string names) => new(
        ErrorKind.Configuration, ErrorIds.ConnectionTwice, $"{names} cannot be used together, because the password has only one source.", "Use only one of them.") { Subject = "password" };
}
