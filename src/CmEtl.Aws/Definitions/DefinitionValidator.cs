using System.Text;
using System.Text.Json;
using CmEtl.Aws.Definitions.Checks;
using CmEtl.Aws.Definitions.Syntax;
using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>
/// Checks a state machine definition without a service, against what AWS documents:
/// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
/// and https://states-language.net/spec.html. What a service integration expects as arguments is not checked; the service is asked at every
/// deployment.
/// </summary>
public static class DefinitionValidator
{
    /// <summary>https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: request size, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Nested values that are read; a Map or a Parallel state inside another takes four to five.</summary>
    internal const int MaxDepth = 256;

    /// <summary>All findings in the order of the document; empty when there are none.</summary>
    /// <param name="definition">The JSON text.</param>
    /// <param name="template">Placeholders like <c>${Name}</c> stand for values that come later, and are one warning.</param>
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

    /// <summary>Throws when Step Functions would refuse the definition; returns the warnings.</summary>
    /// <exception cref="DefinitionException">All errors in one message.</exception>
    public static IReadOnlyList<DefinitionFinding> ThrowIfInvalid(string name, string definition)
    {
        var findings = Validate(definition);
        var errors = findings.Where(f => f.Severity == FindingSeverity.Error).ToList();
        return errors.Count > 0 ? throw new DefinitionException($"{name} is not a valid definition. {string.Join(" ", errors)}", errors) : findings;
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
