using Amazon.Runtime;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// The function's role, from the environment variables that Lambda sets
/// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime).
/// </summary>
/// <param name="Credentials">Short-lived credentials. They are valid longer than the execution environment exists.</param>
/// <param name="Region">Region of the function.</param>
internal sealed record AwsIdentity(ImmutableCredentials Credentials, string Region)
{
    /// <summary>Reads the role. Throws <see cref="CmEtlException"/> of kind Configuration that names a missing variable.</summary>
    public static AwsIdentity Load(IReadOnlyDictionary<string, string> environment)
    {
        return new AwsIdentity(
            new ImmutableCredentials(Read("AWS_ACCESS_KEY_ID"), Read("AWS_SECRET_ACCESS_KEY"), environment.GetValueOrDefault("AWS_SESSION_TOKEN")),
            Read("AWS_REGION"));

        string Read(string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new CmEtlException(
            ErrorKind.Configuration, ErrorIds.NoAwsIdentity, $"{name} is not set, so neither a secret nor an IAM token can be obtained.",
            "Lambda sets this variable for a function that has a role.") { Subject = name };
    }
}
