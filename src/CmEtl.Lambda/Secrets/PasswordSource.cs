using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>Chooses the source of the database password: the role, a secret, or the environment.</summary>
internal static class PasswordSource
{
    private const string Secret = "CMETL_PASSWORD_SECRET_ARN";
    private const string Iam = "CMETL_RDS_IAM";
    private const string Endpoint = "AWS_ENDPOINT_URL_SECRETS_MANAGER";

    /// <summary>Environment variables that are read here and that are not settings of the engine.</summary>
    public static readonly IReadOnlyList<string> Variables = [Secret, Iam];

    /// <summary>
    /// Whether the password is a token of the role. Throws <see cref="CmEtlException"/> if the variable is neither true nor false.
    /// </summary>
    public static bool UsesIam(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(Iam, "").ToUpperInvariant() switch
    {
        "TRUE" => true,
        "" or "FALSE" => false,
        _ => throw Invalid(Iam, " is not valid. Allowed are true and false"),
    };

    /// <returns>The function that the engine calls for each connection's password. Null if the password is POSTGRES_PASSWORD.</returns>
    public static Func<CancellationToken, ValueTask<string>>? Choose(IReadOnlyDictionary<string, string> environment, EtlSettings settings)
    {
        var iam = UsesIam(environment);
        var arn = environment.GetValueOrDefault(Secret, "");
        if ((iam ? 1 : 0) + (arn.Length > 0 ? 1 : 0) + (settings.Password is null ? 0 : 1) > 1)
        {
            throw Invalid(Secret, $", {Iam} and POSTGRES_PASSWORD cannot be used together");
        }

        if (iam)
        {
            var identity = AwsIdentity.Load(environment);
            return _ => ValueTask.FromResult(RdsToken.Make(identity, settings));
        }

        if (arn.Length == 0)
        {
            return null;
        }

        var endpoint = Uri.TryCreate(environment.GetValueOrDefault(Endpoint), UriKind.Absolute, out var uri) ? uri : null;
        return new SecretReader(arn, AwsIdentity.Load(environment), endpoint).ReadAsync;
    }

    private static CmEtlException Invalid(string variable, string problem) => new(
        ErrorKind.Configuration, ErrorIds.InvalidSettings, $"{variable}{problem}.", "Correct the function's environment.") { Subject = variable };
}
