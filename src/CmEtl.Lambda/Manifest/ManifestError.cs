using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Converts an error of S3 (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). Only the code is kept, because the text
/// names keys and accounts.
/// </summary>
internal static class ManifestError
{
    /// <summary>Converts an error. Null if it is not an error of S3 or of the connection to it.</summary>
    public static CmEtlException? From(Exception error, ManifestTarget target) => error switch
    {
        AmazonS3Exception s3 => From(s3, target),
        AmazonClientException or HttpRequestException or IOException or OperationCanceledException => Make(
            ErrorKind.Transient, target, "S3 could not be reached", "Try again. Check the function's route to S3, such as the gateway endpoint of the VPC."),
        _ => null,
    };

    private static CmEtlException From(AmazonS3Exception error, ManifestTarget target) => error.ErrorCode switch
    {
        _ when error.StatusCode >= HttpStatusCode.InternalServerError || error.ErrorCode is "SlowDown" or "RequestTimeout" or "OperationAborted" =>
            Make(ErrorKind.Transient, target, error.ErrorCode, "Try again, as S3 requests."),
        "NoSuchBucket" => Make(
            ErrorKind.Configuration, target, "the bucket does not exist", "Create it, or deploy the state machine with another ManifestBucket."),
        "ExpiredToken" or "InvalidToken" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "RequestTimeTooSkewed" => Make(
            ErrorKind.Configuration, target, $"the function's credentials are not valid ({error.ErrorCode})",
            "Lambda renews the credentials of a role. Check the function's environment for fixed credentials, and check its role."),
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => Make(
            ErrorKind.Configuration, target, $"the bucket is in another region ({error.ErrorCode})", "Use a bucket in the function's region."),
        _ when error.ErrorCode?.StartsWith("KMS.", StringComparison.Ordinal) == true => Make(
            ErrorKind.Configuration, target, $"the key cannot be used ({error.ErrorCode})", "Check CMETL_MANIFEST_KMS_KEY_ID and the key's state."),
        _ when error.StatusCode == HttpStatusCode.Forbidden => Make(
            ErrorKind.Configuration, target, $"access is denied ({error.ErrorCode})",
            "Grant the function's role s3:PutObject on ManifestPrefix, and kms:GenerateDataKey if CMETL_MANIFEST_KMS_KEY_ID is set."),
        _ => Make(ErrorKind.Permanent, target, $"S3 refused the request ({error.ErrorCode})", "Correct manifest_bucket and manifest_key."),
    };

    private static CmEtlException Make(ErrorKind kind, ManifestTarget target, string what, string remedy) => new(
        kind, ErrorIds.ManifestNotWritten, $"The manifest could not be written to bucket {target.Bucket}: {what}.", remedy) { Subject = "manifest_bucket" };
}
