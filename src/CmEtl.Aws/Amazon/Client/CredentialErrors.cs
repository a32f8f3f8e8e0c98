using Amazon.Runtime;
using CmEtl.Engine;

namespace CmEtl.Aws.Client;

/// <summary>Converts errors of the credential search, which the SDK throws unwrapped during the first request.</summary>
internal static class CredentialErrors
{
    /// <summary>Converts an error. Null if it is not about a profile.</summary>
    public static CmEtlException? Explain(Exception error, ClientConfig config)
    {
        var profile = config.Profile?.Name ?? Environment.GetEnvironmentVariable("AWS_PROFILE") ?? "default";
        return error switch
        {
            // A missing token is an InvalidOperationException, an expired one an AmazonClientException, and a revoked one an exception of
            // the portal.
            _ when error.Message.Contains("SSO", StringComparison.Ordinal)
                || error.GetType().FullName!.StartsWith("Amazon.SSO", StringComparison.Ordinal) => new(
                ErrorKind.Configuration, ErrorIds.NoCredentials, $"The login of the profile {PlainText.Printable(profile)} is missing or has expired.",
                $"Log in with 'aws sso login --profile {profile}', then run the same command again.") { Subject = profile },

            // The output of the process can be part of a secret, so it is not shown.
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
