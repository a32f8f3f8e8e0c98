using Amazon;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Policies;

/// <summary>The IAM policies of a deployment with least privilege: no statement names another state machine or function.</summary>
public sealed class PolicySet
{
    private readonly Dictionary<string, string> _values;
    private readonly PolicyFeatures _features;

    /// <param name="lambdaFunctionArn">ARN of the function that the state machine calls, unqualified or with a version or an alias.
    /// Partition, region and account are taken from it.</param>
    /// <param name="stateMachineName">Name of the state machine.</param>
    /// <param name="values">Other values by placeholder. A statement without a value is omitted, because it is not needed.</param>
    /// <param name="features">The optional parts in use.</param>
    /// <exception cref="DefinitionException">The ARN is not that of a function, or a value is not allowed in a policy.</exception>
    public PolicySet(string lambdaFunctionArn, string stateMachineName, IReadOnlyDictionary<string, string> values,
        PolicyFeatures features = PolicyFeatures.None)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!Arn.TryParse(lambdaFunctionArn, out var arn) || arn.Service != "lambda" || arn.Resource.Split(':') is not ["function", var function, ..])
        {
            throw new DefinitionException($"{PlainText.Printable(lambdaFunctionArn)} is not the ARN of a Lambda function.");
        }

        foreach (var value in values.Values.Append(lambdaFunctionArn).Append(stateMachineName).Where(v => !IsName(v)))
        {
            throw new DefinitionException($"{PlainText.Printable(value)} is not allowed in a policy. Allowed are letters, digits and : / _ . + = , @ -.");
        }

        _features = features;
        _values = new(values)
        {
            ["LambdaFunctionArn"] = lambdaFunctionArn,
            ["LambdaFunctionArnPattern"] = FunctionPattern(arn),
            ["FunctionName"] = function,
            ["Partition"] = arn.Partition,
            ["DnsSuffix"] = RegionEndpoint.GetBySystemName(arn.Region).PartitionDnsSuffix,
            ["Region"] = arn.Region,
            ["AccountId"] = arn.AccountId,
            ["StateMachineName"] = stateMachineName,
            ["ManifestPrefix"] = PipelineDefinition.ManifestPrefix,
            ["ResultPrefix"] = PipelineDefinition.ResultPrefix,
        };
        _values.TryAdd("ScheduleGroup", "default");
        if (values.TryGetValue("DatabaseSecretArn", out var secret))
        {
            _values["DatabaseSecretArnPattern"] = SecretPattern(secret);
        }
    }

    /// <summary>File name and text of each policy.</summary>
    public IReadOnlyDictionary<string, string> Render() =>
        PolicyTemplate.Files.ToDictionary(f => f, f => PolicyTemplate.Render(f, _values, _features));

    // A wildcard or a policy variable in a value would grant more than intended.
    private static bool IsName(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || ":/_.+=,@-".Contains(c));

    /// <summary>
    /// IAM compares the called ARN including its qualifier
    /// (https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html). An alias has a fixed ARN. A version changes with
    /// every deployment, and a function without qualifier may be deployed by an alias later.
    /// </summary>
    private static string FunctionPattern(Arn arn) => arn.Resource.Split(':') switch
    {
        [var kind, var name, var qualifier] when !qualifier.All(char.IsAsciiDigit) => $"{Start(arn)}{kind}:{name}:{qualifier}",
        [var kind, var name, ..] => $"{Start(arn)}{kind}:{name}:*",
        _ => "",
    };

    private static string Start(Arn arn) => $"arn:{arn.Partition}:{arn.Service}:{arn.Region}:{arn.AccountId}:";

    /// <summary>
    /// Secrets Manager appends a hyphen and six random characters to a secret's name. For an ARN without them the documentation recommends
    /// "-??????": https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html. Six lower-case letters may be
    /// a word of the name.
    /// </summary>
    private static string SecretPattern(string arn)
    {
        var end = arn[(arn.LastIndexOf('-') + 1)..];
        return end.Length == 6 && end.All(char.IsAsciiLetterOrDigit) && !end.All(char.IsAsciiLetterLower) ? arn : $"{arn}-??????";
    }
}
