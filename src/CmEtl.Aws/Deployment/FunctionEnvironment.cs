using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.Lambda.Model;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>
/// The environment of a function, checked before anything is sent: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
/// and https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html. The service replaces all variables at once.
/// </summary>
internal static partial class FunctionEnvironment
{
    /// <summary>Maximum size in bytes of all variables as JSON, as the service counts them.</summary>
    private const int MostBytes = 4096;

    private static readonly HashSet<string> Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API",
        "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Returns all variables with their intended values.</summary>
    /// <exception cref="CmEtlException">A name is reserved or not allowed, the size is too large, or the current variables cannot be
    /// read.</exception>
    public static Dictionary<string, string> Merge(FunctionSpec spec, EnvironmentResponse? current)
    {
        if (current?.Error is { } error && spec.Environment.Count > 0)
        {
            throw Refuse(
                $"The environment of {spec.Name} cannot be read: {error.ErrorCode}: {error.Message?.TrimEnd('.')}. Writing it would delete the variables that are not named.",
                "Get permission to use the KMS key of the function and run the same command again, or leave out -Environment.");
        }

        foreach (var name in spec.Environment.Keys)
        {
            if (Reserved.Contains(name))
            {
                throw Refuse($"The environment variable {name} is reserved, because Lambda sets it.", "Leave it out.");
            }

            if (!Name().IsMatch(name))
            {
                throw Refuse(
                    $"{PlainText.Printable(name)} is not a valid name of an environment variable.", "Use at least two characters: letters, digits and _, beginning with a letter.");
            }
        }

        var variables = new Dictionary<string, string>(current?.Variables ?? []);
        foreach (var (name, value) in spec.Environment)
        {
            variables.Remove(name);
            if (value is not null)
            {
                variables[name] = value;
            }
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(variables).Length;
        return spec.Environment.Count == 0 || bytes <= MostBytes ? variables : throw Refuse(
            $"The environment of {spec.Name} would have {bytes} bytes. The limit is {MostBytes}.",
            "Remove or shorten variables. Move a password to a secret and set CMETL_PASSWORD_SECRET_ARN.");
    }

    private static CmEtlException Refuse(string problem, string remedy) =>
        new(ErrorKind.Configuration, ErrorIds.InvalidFunction, $"{problem} Nothing was changed.", remedy) { Subject = "Environment" };

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_]+$")]
    private static partial Regex Name();
}
