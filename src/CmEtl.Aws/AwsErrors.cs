using System.Net;
using Amazon.Runtime;
using CmEtl.Aws.Client;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws;

/// <summary>Converts errors of AWS, its SDK and definitions to CmEtl's error: what happened, where, and what to do next.</summary>
public static class AwsErrors
{
    private const string CheckName = "Check the name, the account and the region.";
    private const string Renew = "Renew the credentials, for example with 'aws sso login', then run the same command again.";
    private const string Grant = "Give the caller the permission that the message names. Export-CmIamPolicy writes the policy of a deployer.";

    private static readonly Dictionary<string, (ErrorKind Kind, string Remedy)> Known = new()
    {
        // https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html and the pages of the operations
        ["ExpiredTokenException"] = (ErrorKind.Configuration, Renew),
        ["ExpiredToken"] = (ErrorKind.Configuration, Renew),
        ["UnrecognizedClientException"] = (ErrorKind.Configuration, "Check the access key, and that it belongs to this partition."),
        ["InvalidSignatureException"] = (ErrorKind.Configuration, "Check the secret key, the region and this computer's clock."),
        ["IncompleteSignature"] = (ErrorKind.Configuration, "Check the credentials."),
        ["MissingAuthenticationTokenException"] = (ErrorKind.Configuration, "Check the credentials."),
        ["AccessDeniedException"] = (ErrorKind.Configuration, Grant),
        ["AccessDenied"] = (ErrorKind.Configuration, Grant),
        ["StateMachineDoesNotExist"] = (ErrorKind.Configuration, CheckName),
        ["ExecutionDoesNotExist"] = (ErrorKind.Configuration, CheckName),
        ["ResourceNotFoundException"] = (ErrorKind.Configuration, CheckName),
        ["ResourceNotFound"] = (ErrorKind.Configuration, CheckName),
        ["InvalidArn"] = (ErrorKind.Configuration, "Give the full ARN of a resource of the right type."),
        ["InvalidDefinition"] = (ErrorKind.Configuration, "Correct the definition. Nothing was changed."),
        ["InvalidParameterValueException"] = (ErrorKind.Configuration, "Correct the value. A new role can take some seconds until it can be used."),
        ["ValidationException"] = (ErrorKind.Configuration, "Correct the value. Nothing was changed."),
        ["ExecutionAlreadyExists"] = (ErrorKind.Busy, "The name of an execution cannot be reused for 90 days. Choose another run id, or redrive the existing execution."),
        ["ExecutionNotRedrivable"] = (ErrorKind.Permanent, "Only a failed, timed-out or stopped execution of the last 14 days can be redriven. Start a new one."),
        ["PreconditionFailedException"] = (ErrorKind.Busy, "The resource was changed in the meantime. Check it and run the same command again."),
        ["ResourceConflictException"] = (ErrorKind.Busy, "Another change is in progress. Run the same command again."),
        ["ConflictException"] = (ErrorKind.Busy, "Another change is in progress. Run the same command again."),
    };

    /// <summary>Converts an error. Null if it is not an error of AWS or a definition.</summary>
    public static CmEtlException? Translate(Exception error) => error switch
    {
        CmEtlException known => known,
        AmazonServiceException service => Service(service),
        DefinitionException definition => new(
            ErrorKind.Configuration, ErrorIds.InvalidDefinition, definition.Message, "Correct the definition. Nothing was changed."),
        AmazonClientException client => Client(client),
        TimeoutException timeout => new(ErrorKind.Transient, ErrorIds.ServiceTimeout, timeout.Message, "Check it in the AWS console, then run the same command again."),
        _ => null,
    };

    private static CmEtlException Service(AmazonServiceException error)
    {
        // An error without a code is not a reply of AWS. Errors of our own clients are handled before this point.
        var code = string.IsNullOrEmpty(error.ErrorCode) ? ErrorIds.UnexpectedReply : error.ErrorCode;
        if (code == ErrorIds.UnexpectedReply)
        {
            return new(IsTransient(error) ? ErrorKind.Transient : ErrorKind.Configuration, code, error.Message, ServiceErrors.CheckTheWay);
        }

        var (kind, remedy) = Known.TryGetValue(code, out var known) ? known
            : IsTransient(error) ? (ErrorKind.Transient, "Run the same command again.")
            : (ErrorKind.Permanent, "Correct what the service names, then run the same command again.");
        return new CmEtlException(kind, code, $"{code}: {error.Message.TrimEnd('.')}.", remedy);
    }

    // The SDK lists every source that it tried, on half a page. The list contains no address and no key.
    private static CmEtlException Client(AmazonClientException error) =>
        error.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal)
            ? new(ErrorKind.Configuration, ErrorIds.NoCredentials, "No AWS credentials were found in the environment, in a profile or from a role.",
                "Log in, for example with 'aws sso login', and give -ProfileName or set AWS_PROFILE.")
            : new(ErrorKind.Configuration, ErrorIds.AwsSetup, $"{error.Message.TrimEnd('.')}.",
                "Use -Region and -ProfileName, set AWS_REGION and AWS_PROFILE, or run where a role is available.");

    private static bool IsTransient(AmazonServiceException error) =>
        error.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || error.ErrorCode?.Contains("Throttl", StringComparison.OrdinalIgnoreCase) == true;
}
