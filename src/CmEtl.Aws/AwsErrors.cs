using System.Net;
using Amazon.Runtime;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws;

/// <summary>The errors of AWS, its SDK and of definitions as the one error of CmEtl: what, where and what to do next.</summary>
public static class AwsErrors
{
    private const string CheckName = "Check the name, the account and the region.";

    private static readonly Dictionary<string, (ErrorKind Kind, string Remedy)> Known = new()
    {
        // https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html and the pages of the operations
        ["ExpiredTokenException"] = (ErrorKind.Configuration, "Renew the credentials, for example with 'aws sso login'."),
        ["ExpiredToken"] = (ErrorKind.Configuration, "Renew the credentials, for example with 'aws sso login'."),
        ["UnrecognizedClientException"] = (ErrorKind.Configuration, "Check the access key, and that it belongs to this partition."),
        ["InvalidSignatureException"] = (ErrorKind.Configuration, "Check the secret key, the region and this computer's clock."),
        ["IncompleteSignature"] = (ErrorKind.Configuration, "Check the credentials."),
        ["MissingAuthenticationTokenException"] = (ErrorKind.Configuration, "Check the credentials."),
        ["AccessDeniedException"] = (ErrorKind.Configuration, "Give the caller the right the message names: Export-CmIamPolicy writes the policy of a deployer."),
        ["AccessDenied"] = (ErrorKind.Configuration, "Give the caller the right the message names: Export-CmIamPolicy writes the policy of a deployer."),
        ["StateMachineDoesNotExist"] = (ErrorKind.Configuration, CheckName),
        ["ExecutionDoesNotExist"] = (ErrorKind.Configuration, CheckName),
        ["ResourceNotFoundException"] = (ErrorKind.Configuration, CheckName),
        ["ResourceNotFound"] = (ErrorKind.Configuration, CheckName),
        ["InvalidArn"] = (ErrorKind.Configuration, "Give the ARN in full, of the right kind of resource."),
        ["InvalidDefinition"] = (ErrorKind.Configuration, "Correct the definition; nothing was changed."),
        ["InvalidParameterValueException"] = (ErrorKind.Configuration, "Correct the value; a new role can take some seconds until it can be used."),
        ["ValidationException"] = (ErrorKind.Configuration, "Correct the value; nothing was changed."),
        ["ExecutionAlreadyExists"] = (ErrorKind.Busy, "An execution keeps its name for 90 days: choose another run id, or redrive that one."),
        ["ExecutionNotRedrivable"] = (ErrorKind.Permanent, "Only a failed, timed-out or stopped execution of the last 14 days can be redriven; start a new one."),
        ["PreconditionFailedException"] = (ErrorKind.Busy, "Somebody else changed it meanwhile: look at it and run the same command again."),
        ["ResourceConflictException"] = (ErrorKind.Busy, "Another change of it is under way: run the same command again."),
        ["ConflictException"] = (ErrorKind.Busy, "Another change of it is under way: run the same command again."),
    };

    /// <summary>The error in our words; null when it is none of ours to explain.</summary>
    public static CmEtlException? Translate(Exception error) => error switch
    {
        AmazonServiceException service => Service(service),
        DefinitionException definition => new(
            ErrorKind.Configuration, ErrorIds.InvalidDefinition, definition.Message, "Correct the definition; nothing was changed."),
        AmazonClientException client => Client(client),
        HttpRequestException http => new(
            ErrorKind.Transient, ErrorIds.ServiceUnreachable, $"The service does not answer: {http.Message.TrimEnd('.')}.",
            "Check the region, the endpoint and the network, then run the same command again."),
        TimeoutException timeout => new(ErrorKind.Transient, ErrorIds.ServiceTimeout, timeout.Message, "Look at it in the console, then run the same command again."),
        _ => null,
    };

    private static CmEtlException Service(AmazonServiceException error)
    {
        if (error.InnerException is HttpRequestException unreachable && error.StatusCode == 0)
        {
            return Translate(unreachable)!;
        }

        var code = string.IsNullOrEmpty(error.ErrorCode) ? error.StatusCode.ToString() : error.ErrorCode;
        var (kind, remedy) = Known.TryGetValue(code, out var known) ? known
            : IsTransient(error) ? (ErrorKind.Transient, "Run the same command again.")
            : (ErrorKind.Permanent, "Correct what the service names, then run the same command again.");
        return new CmEtlException(kind, code, $"{code}: {error.Message.TrimEnd('.')}.", remedy);
    }

    // What was tried and why it failed fills half a page there; none of it is an address or a key.
    private static CmEtlException Client(AmazonClientException error) =>
        error.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal)
            ? new(ErrorKind.Configuration, ErrorIds.NoCredentials, "No AWS credentials were found: not in the environment, not in a profile, not from a role.",
                "Log in, for example with 'aws sso login', and give -ProfileName or set AWS_PROFILE.")
            : new(ErrorKind.Configuration, ErrorIds.AwsSetup, $"{error.Message.TrimEnd('.')}.",
                "Set -Region and -ProfileName, or AWS_REGION and AWS_PROFILE, or run where a role is.");

    private static bool IsTransient(AmazonServiceException error) =>
        error.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || error.ErrorCode?.Contains("Throttl", StringComparison.OrdinalIgnoreCase) == true;
}
