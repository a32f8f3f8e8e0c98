using System.Text;
using System.Text.Json;
using CmEtl.Aws.Definitions.Checks;
using CmEtl.Aws.Definitions.Syntax;
using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>
/// Checks a state machine definition without a connection, against AWS's documentation:
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
/// and https://states-language.net/spec.html. The arguments of service integrations are not checked. The service validates
/// the definition at every deployment.
/// </summary>
public static class DefinitionValidator
{
    /// <summary>Maximum request size in bytes: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Maximum nesting depth. A Map or Parallel state inside another adds four to five levels.</summary>
    internal const int MaxDepth = 256;

    /// <summary>The most errors in a message; all of them are in <see cref="DefinitionException.Findings"/>.</summary>
    internal const int MostInMessage = 10;

    /// <summary>Returns all findings in the order of the document.</summary>
    /// <param name="definition">The JSON text.</param>
    /// <param name="template">Whether placeholders such as <c>${Name}</c> are allowed. They give one warning.</param>
    public static IReadOnlyList<DefinitionFinding> Validate(string definition, bool template = false)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var bytes = Encoding.UTF8.GetBytes(definition);
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            var place = new JsonPlace(bytes, MaxDepth);
            var report = new DefinitionReport(place, template);
            CheckDocument(definition, document, place, report);
            return [.. report.Findings.OrderBy(f => f.Line ?? 0)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            var line = (error as JsonException)?.LineNumber is { } number ? (int)number + 1 : (int?)null;
            return [new(FindingSeverity.Error, "InvalidJson", "", "", $"The definition is not JSON: {error.Message}") { Line = line }];
        }
    }

    /// <summary>Returns the warnings. Throws if Step Functions would refuse the definition.</summary>
    /// <exception cref="DefinitionException">The definition is not valid. The message has the first errors, its findings have all.</exception>
    public static IReadOnlyList<DefinitionFinding> ThrowIfInvalid(string name, string definition)
    {
        var findings = Validate(definition);
        var errors = findings.Where(f => f.Severity == FindingSeverity.Error).ToList();
        return errors.Count > 0 ? throw new DefinitionException($"{name} is not a valid definition. {Summary(errors)}", errors) : findings;
    }

    /// <summary>The first findings as one text, and how many more there are.</summary>
    internal static string Summary(IReadOnlyList<DefinitionFinding> findings)
    {
        var text = string.Join(" ", findings.Take(MostInMessage));
        return findings.Count <= MostInMessage ? text : $"{text} And {findings.Count - MostInMessage} more.";
    }

    private static void CheckDocument(string definition, JsonDocument document, JsonPlace place, DefinitionReport report)
    {
        var root = new AslNode(document.RootElement, "$");
        if (!root.IsObject)
        {
            report.Error("InvalidJson", "", root, "The definition is not a JSON object.");
            return;
        }

        if (Encoding.UTF8.GetByteCount(definition) > MaxBytes
            && JsonSerializer.SerializeToUtf8Bytes(document).Length is var size and > MaxBytes)
        {
            report.Error("TooLarge", "", root, $"The definition has {size} bytes without white space. The limit of Step Functions is {MaxBytes}.");
        }

        foreach (var (name, path, line) in place.Repeated)
        {
            report.Findings.Add(new(FindingSeverity.Error, "RepeatedField", "", path, $"The name {name} occurs twice in one object.") { Line = line });
        }

        new MachineRules(report).Check(root);
        if (report.IsTemplate && DefinitionTemplate.PlaceholdersOf(definition) is { Count: > 0 } open)
        {
            report.Warn("Placeholder", "", root, $"Placeholders have no value yet: {string.Join(", ", open)}.");
        }
    }
}
