using System.Text.RegularExpressions;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Checks the resource of a Task state: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-resources.html.</summary>
internal static partial class ResourceRules
{
    /// <summary>
    /// Actions of optimized integrations whose list is short and closed
    /// (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html). Other
    /// actions of these services are called through aws-sdk.
    /// </summary>
    private static readonly Dictionary<string, string[]> Optimized = new()
    {
        ["apigateway"] = ["invoke"], ["dynamodb"] = ["getItem", "putItem", "updateItem", "deleteItem"], ["ecs"] = ["runTask"], ["events"] = ["putEvents"],
        ["http"] = ["invoke"], ["lambda"] = ["invoke"], ["sns"] = ["publish"], ["sqs"] = ["sendMessage"], ["states"] = ["startExecution"],
    };

    /// <summary>Returns the problem of a resource, or null.</summary>
    public static string? Problem(string? arn)
    {
        if (arn is null || !Shape().IsMatch(arn))
        {
            return "Resource must be the ARN of a function, an activity or a service integration.";
        }

        if (Function().Match(arn) is { Success: false } && arn.Split(':')[2] == "lambda")
        {
            return "Resource must be the ARN of a function, with or without a version or an alias: arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS.";
        }

        return Integration().Match(arn) is { Success: true } call && Optimized.TryGetValue(call.Groups[1].Value, out var actions)
            && !actions.Contains(call.Groups[2].Value)
            ? $"The integration {call.Groups[1].Value}:{call.Groups[2].Value} does not exist. It may be one of arn:aws:states:::aws-sdk:{call.Groups[1].Value}." : null;
    }

    [GeneratedRegex(@"^arn:[\w-]+:[\w-]+:[\w-]*:[\w-]*:\S+$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^arn:[\w-]+:lambda:[\w-]*:[\w-]*:function:[\w.-]+(:(\$LATEST|[\w-]+))?$")]
    private static partial Regex Function();

    [GeneratedRegex(@"^arn:[\w-]+:states:[\w-]*:[\w-]*:([\w-]+):(\w+)(\.[\w:]+)?$")]
    private static partial Regex Integration();
}
