using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.Aws.Policies;

/// <summary>The IAM policies of one deployment, least privilege: no statement names more than this machine and this function.</summary>
public sealed class PolicySet
{
    private static readonly string[] Files =
    [
        "execution_role.json", "execution_role_distributed.json", "execution_role_trust.json",
        "function_role.json", "function_role_trust.json", "deployer.json",
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Dictionary<string, string> _values;

    /// <param name="lambdaFunctionArn">What the machine calls: the function, a version or an alias. It names partition, region and account.</param>
    /// <param name="stateMachineName">The machine.</param>
    /// <param name="values">Further values by placeholder; a statement that lacks one is left out, for what it allows is not used.</param>
    /// <exception cref="DefinitionException">The ARN is not a function's.</exception>
    public PolicySet(string lambdaFunctionArn, string stateMachineName, IReadOnlyDictionary<string, string> values)
    {
        if (!Arn.TryParse(lambdaFunctionArn, out var arn) || arn.Service != "lambda" || arn.Resource.Split(':') is not ["function", var function, ..])
        {
            throw new DefinitionException($"{PlainText.Printable(lambdaFunctionArn)} is not the ARN of a Lambda function.");
        }

        foreach (var value in values.Values.Append(lambdaFunctionArn).Append(stateMachineName).Where(v => !IsName(v)))
        {
            throw new DefinitionException($"{PlainText.Printable(value)} cannot be in a policy: allowed are letters, digits and : / _ . + = , @ -.");
        }

        _values = new(values)
        {
            ["LambdaFunctionArn"] = lambdaFunctionArn,
            ["FunctionName"] = function,
            ["Partition"] = arn.Partition,
            ["Region"] = arn.Region,
            ["AccountId"] = arn.AccountId,
            ["StateMachineName"] = stateMachineName,
            ["ManifestPrefix"] = PipelineDefinition.ManifestPrefix,
            ["ResultPrefix"] = PipelineDefinition.ResultPrefix,
        };
    }

    // A wildcard or a policy variable in a name would allow more than that name.
    private static bool IsName(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || ":/_.+=,@-".Contains(c));

    /// <summary>File name and text of each policy.</summary>
    public IReadOnlyDictionary<string, string> Render() => Files.ToDictionary(f => f, Render);

    private string Render(string file)
    {
        var template = DefinitionTemplate.BuiltIn($"policies/{file}");
        var policy = JsonNode.Parse(template.Text)!;
        var kept = policy["Statement"]!.AsArray()
            .Select(s => DefinitionTemplate.Parse(file, s!.ToJsonString()))
            .Where(s => s.Placeholders.All(_values.ContainsKey))
            .Select(s => JsonNode.Parse(s.Render(_values.Where(v => s.Placeholders.Contains(v.Key)).ToDictionary())));
        policy["Statement"] = new JsonArray([.. kept]);
        return policy.ToJsonString(Indented) + "\n";
    }
}
