using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CmEtl.AwsBench;

/// <summary>
/// Requests that Lambda refuses immediately: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html and the quotas in its
/// guide.
/// </summary>
internal static partial class FunctionRules
{
    private const int MostEnvironmentBytes = 4096;
    private const int MostZipBytes = 50 * 1024 * 1024;

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime</summary>
    private static readonly string[] Reserved =
    [
        "_HANDLER", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    public static void CheckName(string name)
    {
        if (!Name().IsMatch(name))
        {
            throw new ServiceFault("ValidationException", "Value at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern");
        }
    }

    public static void CheckConfiguration(JsonObject configuration)
    {
        Within(configuration, "Timeout", 1, 900);
        Within(configuration, "MemorySize", 128, 10_240);
        if ((string?)configuration["Role"] is not { } role || !Role().IsMatch(role))
        {
            throw new ServiceFault("InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.");
        }

        foreach (var needed in new[] { "Runtime", "Handler" })
        {
            if ((string?)configuration[needed] is not { Length: > 0 })
            {
                throw new ServiceFault("InvalidParameterValueException", $"{needed} is mandatory for functions created with deployment packages.");
            }
        }

        var variables = configuration["Environment"]?["Variables"]?.AsObject() ?? [];
        if (variables.Select(v => v.Key).Intersect(Reserved).ToList() is { Count: > 0 } reserved)
        {
            throw new ServiceFault(
                "InvalidParameterValueException",
                "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are "
                + $"currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        }

        if (Encoding.UTF8.GetByteCount(variables.ToJsonString()) > MostEnvironmentBytes)
        {
            throw new ServiceFault(
                "InvalidParameterValueException",
                "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.");
        }
    }

    /// <summary>The package in a request. Packages in S3 are not supported here.</summary>
    public static byte[] ReadZip(JsonNode? code)
    {
        if ((string?)code?["ZipFile"] is not { } text)
        {
            throw new ServiceFault("InvalidParameterValueException", "Please provide a source for function code. This host takes ZipFile only.");
        }

        var zip = Convert.FromBase64String(text);
        if (zip.Length > MostZipBytes)
        {
            throw new ServiceFault("RequestEntityTooLargeException", "Request must be smaller than 70167211 bytes for the operation", 413);
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip));
            return archive.Entries.Count > 0 ? zip : throw new InvalidDataException();
        }
        catch (InvalidDataException)
        {
            throw new ServiceFault("InvalidParameterValueException", "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    /// <summary>An optimistic lock: the caller's revision id must be the current one.</summary>
    public static void CheckRevision(JsonObject request, string current)
    {
        if ((string?)request["RevisionId"] is { } known && known != current)
        {
            throw new ServiceFault(
                "PreconditionFailedException",
                "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id", 412);
        }
    }

    private static void Within(JsonObject configuration, string field, int least, int most)
    {
        if ((int)configuration[field]! is var value && (value < least || value > most))
        {
            throw new ServiceFault("ValidationException", $"Value '{value}' at '{field}' failed to satisfy constraint: between {least} and {most}");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9-_]{1,64}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+$")]
    private static partial Regex Role();
}
