using Amazon.Runtime;
using CmEtl.Engine;

namespace CmEtl.Aws.Client;

/// <summary>The errors of looking for credentials: the SDK throws them raw, in the middle of the first request.</summary>
internal static class CredentialErrors
{
    /// <summary>The error in our words; null when it is not about a profile.</summary>
    public static CmEtlException? Explain(Exception error, ClientConfig config)
    {
        var profile = config.Profile?.Name ?? Environment.GetEnvironmentVariable("AWS_PROFILE") ?? "default";
        return error switch
        {
            // No token: an InvalidOperationException. A token that has expired: an AmazonClientException. One that was revoked: an
            // exception of the portal.
            _ when error.Message.Contains("SSO", StringComparison.Ordinal)
                || error.GetType().FullName!.StartsWith("Amazon.SSO", StringComparison.Ordinal) => new(
                ErrorKind.Configuration, ErrorIds.NoCredentials, $"The login of the profile {PlainText.Printable(profile)} is missing or has expired.",
                $"Log in with 'aws sso login --profile {profile}', then run the same command again.") { Subject = profile },

            // What the process has written may be part of a secret.
            ProcessAWSCredentialException => new(
                ErrorKind.Configuration, ErrorIds.NoCredentials, $"The credential_process of the profile {PlainText.Printable(profile)} failed.",
                "Run its command manually to see why, then run the same command again.") { Subject = profile },
            InvalidDataException or InvalidOperationException => new(
                ErrorKind.Configuration, ErrorIds.AwsSetup, $"The profile {PlainText.Printable(profile)} cannot be used: {error.Message.TrimEnd('.')}.",
                "Correct it in the AWS configuration file, or use -ProfileName to select another profile.") { Subject = profile },
            _ => null,
        };
    }
}
