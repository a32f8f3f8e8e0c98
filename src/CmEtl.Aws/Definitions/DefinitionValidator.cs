using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CmEtl.Aws.Definitions;

/// <summary>
/// Finds, without a service, what schema checkers miss and what only hurts at night. It knows the rules CmEtl's own definitions rest on,
/// not all of the Amazon States Language: the service is asked too, at every deployment.
/// </summary>
public static class DefinitionValidator
{
    /// <summary>https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: request size.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>What is wrong; empty when nothing is.</summary>
    public static IReadOnlyList<DefinitionFinding> Validate(string definition)
    {
        if (Encoding.UTF8.GetByteCount(definition) > MaxBytes)
        {
            return [new("", $"The definition is larger than {MaxBytes} bytes.")];
        }

        try
        {
            var findings = new List<DefinitionFinding>();
            if (definition.Contains("${", StringComparison.Ordinal))
            {
                findings.Add(new("", "A placeholder is left over."));
            }

            if (JsonNode.Parse(definition) is JsonObject machine)
            {
                CheckMachine("", machine, findings);
            }
            else
            {
                findings.Add(new("", "The definition is not a JSON object."));
            }

            return findings;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return [new("", $"The definition cannot be read: {error.Message}")];
        }
    }

    /// <summary>Throws when anything is wrong.</summary>
    /// <exception cref="DefinitionException">All findings in one message.</exception>
    public static void ThrowIfInvalid(string name, string definition)
    {
        var findings = Validate(definition);
        if (findings.Count > 0)
        {
            throw new DefinitionException($"{name} is not a valid definition. {string.Join(" ", findings)}", findings);
        }
    }

    private static void CheckMachine(string owner, JsonObject machine, List<DefinitionFinding> findings)
    {
        if (machine["States"] is not JsonObject { Count: > 0 } states)
        {
            findings.Add(new(owner, "There are no States."));
            return;
        }

        var reached = new HashSet<string>();
        Follow();
        foreach (var (name, state) in states)
        {
            StateRules.Check(name, state!.AsObject(), findings);
            foreach (var inner in StateGraph.Machines(state.AsObject()))
            {
                CheckMachine(name, inner, findings);
            }
        }

        findings.AddRange(states.Where(s => !reached.Contains(s.Key)).Select(s => new DefinitionFinding(s.Key, "No state leads here.")));

        // Not by recursion: a long chain of states would end the process.
        void Follow()
        {
            var ahead = new Queue<(string From, string Field, string Target)>([(owner, "StartAt", (string?)machine["StartAt"] ?? "")]);
            while (ahead.TryDequeue(out var step))
            {
                if (!states.ContainsKey(step.Target))
                {
                    findings.Add(new(step.From, $"{step.Field} names '{step.Target}', which is not a state here."));
                }
                else if (reached.Add(step.Target))
                {
                    foreach (var (field, next) in StateGraph.Targets(states[step.Target]!.AsObject()))
                    {
                        ahead.Enqueue((step.Target, field, next));
                    }
                }
            }
        }
    }
}
