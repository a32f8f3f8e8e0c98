using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using CmEtl.Engine;
using CmEtl.Lambda;

namespace CmEtl.Aws.Credentials;

/// <summary>
/// Gets the database password from AWS with the same code as the function: an IAM token or a secret. It is read for each new connection,
/// with the AWS credentials of that time, so that a run can last longer than the credentials.
/// </summary>
public static class DatabasePassword
{
    private const string Endpoint = "AWS_ENDPOINT_URL_SECRETS_MANAGER";

    /// <summary>A token for rds-db:connect, valid for 15 minutes.</summary>
    /// <param name="aws">Region and profile.</param>
    /// <param name="settings">Host, port and role that the token is for.</param>
    public static Func<CancellationToken, ValueTask<string>> FromIam(AwsConnection aws, EtlSettings settings) =>
        async _ => RdsToken.Make(await FindAsync(aws), settings);

    /// <summary>The text of a Secrets Manager secret, or its field <c>password</c>.</summary>
    /// <param name="arn">ARN of the secret.</param>
    /// <param name="aws">Profile. The region is that of the ARN.</param>
    public static Func<CancellationToken, ValueTask<string>> FromSecret(string arn, AwsConnection aws)
    {
        if (!Arn.TryParse(arn, out var parsed) || parsed.Service != "secretsmanager")
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidSettings, $"{PlainText.Printable(arn)} is not the ARN of a secret.",
                "Give the full ARN, such as arn:aws:secretsmanager:us-east-1:123456789012:secret:cm-worker-AbCdEf.") { Subject = arn };
        }

        var endpoint = Uri.TryCreate(Environment.GetEnvironmentVariable(Endpoint), UriKind.Absolute, out var uri) ? uri : null;
        return async cancel =>
        {
            using var reader = new SecretReader(arn, await FindAsync(aws.For(arn)), endpoint);
            return await reader.ReadAsync(cancel);
        };
    }

    /// <summary>Who asks, as every AWS tool finds it.</summary>
    internal static async Task<AwsIdentity> FindAsync(AwsConnection aws)
    {
        try
        {
            var credentials = aws.ProfileName is null
                ? DefaultAWSCredentialsIdentityResolver.GetCredentials()
                : new CredentialProfileStoreChain().TryGetAWSCredentials(aws.ProfileName, out var profile)
                    ? profile : throw new AmazonClientException($"The profile {PlainText.Printable(aws.ProfileName)} does not exist.");
            var region = aws.Region ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
                ?? throw new CmEtlException(ErrorKind.Configuration, ErrorIds.AwsSetup, "No AWS region is set.", "Set AWS_REGION.") { Subject = "AWS_REGION" };
            return new AwsIdentity(await credentials.GetCredentialsAsync(), region);
        }
        catch (Exception error) when (error is not OperationCanceledException && AwsErrors.Translate(error) is { } known)
        {
            // The driver wraps exceptions that are thrown here, except our own errors.
            throw known;
        }
    }
}
