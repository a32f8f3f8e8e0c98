using System.Text.RegularExpressions;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>
/// Checks everything except the definition that CreateStateMachine and UpdateStateMachine would refuse, before any call:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html.
/// </summary>
internal static partial class MachineSpecRules
{
    private const int MostTags = 50;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    /// <exception cref="DefinitionException">The specification is not valid. The message names all problems.</exception>
    public static void ThrowIfRefused(StateMachineSpec spec)
    {
        var problems = Problems(spec).ToList();
        if (problems.Count > 0)
        {
            throw new DefinitionException($"Step Functions would refuse {PlainText.Printable(spec.Name)}. {string.Join(" ", problems)}");
        }
    }

    private static IEnumerable<string> Problems(StateMachineSpec spec)
    {
        if (!MachineName().IsMatch(spec.Name))
        {
            yield return "The name must have 1 to 80 letters, digits, '-' or '_'.";
        }

        if (spec.RoleArn is { } role && !RoleArn().IsMatch(role))
        {
            yield return $"{PlainText.Printable(role)} is not the ARN of a role.";
        }

        if (spec.Logging is { Level: { } level } logging)
        {
            var group = logging.Destinations is [var destination, ..] ? destination.CloudWatchLogsLogGroup?.LogGroupArn : null;
            if (level.Value != "OFF" && group is null)
            {
                yield return $"Logging level {level.Value} requires the ARN of a log group.";
            }

            if (group is not null && !group.EndsWith(":*", StringComparison.Ordinal))
            {
                yield return $"The ARN of the log group, {PlainText.Printable(group)}, must end with ':*'.";
            }
        }

        foreach (var problem in TagProblems(spec.Tags ?? new Dictionary<string, string>()))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> TagProblems(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MostTags)
        {
            yield return $"At most {MostTags} tags are allowed, not {tags.Count}.";
        }

        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > LongestKey || value.Length > LongestValue)
            {
                yield return $"The tag {PlainText.Printable(key)} is too long: a key has 1 to {LongestKey} characters, a value at most {LongestValue}.";
            }
            else if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                yield return $"The tag {PlainText.Printable(key)} begins with 'aws:', which is reserved.";
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex MachineName();

    [GeneratedRegex(@"^arn:[\w-]+:iam::\w*:role/\S+$")]
    private static partial Regex RoleArn();
}
