using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace CmEtl.Engine;

/// <summary>Reads settings from parameters, environment, JSON file and defaults, in this order of precedence.</summary>
public static class SettingsLoader
{
    /// <summary>
    /// Variables with the same prefix that are not settings: locations of programs, for the sandbox and the command-line host.
    /// </summary>
    private static readonly string[] OtherVariables = ["CMETL_POSTGRES_BIN", "CMETL_MODULE", "CMETL_CACHE", "CMETL_RDS_IAM", "CMETL_PASSWORD_SECRET_ARN"];

    /// <summary>Settings that locate a database. A run does not record them.</summary>
    private static readonly string[] Places = ["host", "port", "database", "user", "root_certificate"];

    private static readonly EtlSettings Defaults = new();

    private const int LargestFile = 1024 * 1024;

    private static readonly Dictionary<string, SettingDefinition> ByName = SettingTable.All.ToDictionary(d => d.Name);
    private static readonly Dictionary<string, SettingDefinition> ByVariable = SettingTable.All.ToDictionary(d => d.Variable);

    /// <summary>
    /// Loads and validates the settings. One <see cref="CmEtlException"/> lists every invalid key with its value and the allowed values.
    /// </summary>
    /// <param name="parameters">Values by name as in the file (for example <c>target_chunk_size</c>); nulls are ignored.</param>
    /// <param name="settingsPath">A JSON file, or null.</param>
    /// <param name="environment">Environment variables; null means those of the process.</param>
    public static EtlSettings Load(
        IReadOnlyDictionary<string, object?>? parameters = null, string? settingsPath = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var problems = new List<string>();
        var settings = Defaults;
        var changedTexts = new SettingTexts();
        if (settingsPath is not null)
        {
            foreach (var (key, value) in ReadFile(settingsPath))
            {
                // Older files have date_range.lookback_years and retry.max_attempts: join the path with _, otherwise use the last name.
                Apply(ByName.GetValueOrDefault(key.Replace('.', '_')) ?? ByName.GetValueOrDefault(key[(key.LastIndexOf('.') + 1)..]),
                    key, value, $"file {PlainText.Printable(settingsPath)}");
            }
        }

        foreach (var (variable, value) in environment ?? ProcessEnvironment())
        {
            var ours = variable.StartsWith("CMETL_", StringComparison.Ordinal) && !OtherVariables.Contains(variable);
            if (value.Length > 0 && (ours || ByVariable.ContainsKey(variable)))
            {
                Apply(ByVariable.GetValueOrDefault(variable), variable, value, "environment");
            }
        }

        foreach (var (name, value) in parameters ?? new Dictionary<string, object?>())
        {
            if (value is not null)
            {
                Apply(ByName.GetValueOrDefault(name), name, Convert.ToString(value, CultureInfo.InvariantCulture)!, "parameter");
            }
        }

        if (settings.TargetChunkSize > settings.MaxChunkSize)
        {
            problems.Add($"target_chunk_size = {settings.TargetChunkSize}: must be at most max_chunk_size ({settings.MaxChunkSize})");
        }

        return problems.Count == 0 ? settings with { Changed = changedTexts } : throw new CmEtlException(
            ErrorKind.Configuration, ErrorIds.InvalidSettings, $"Invalid settings: {string.Join("; ", problems)}.",
            "Correct these settings and start again. Nothing was started.") { Subject = "settings" };

        void Apply(SettingDefinition? definition, string key, string value, string source)
        {
            if (definition is null)
            {
                problems.Add($"{PlainText.Printable(key)} ({source}): there is no such setting");
            }
            else if (definition.Apply(settings, value) is { } changed)
            {
                settings = changed;
                changedTexts.Remove(definition.Name);
                if (!definition.Secret && !Places.Contains(definition.Name) && definition.Apply(Defaults, value) != Defaults)
                {
                    changedTexts[definition.Name] = value;
                }
            }
            else
            {
                problems.Add($"{definition.Name} = {(definition.Secret ? "(hidden)" : PlainText.Printable(value))} ({source}): must be {definition.Allowed}");
            }
        }
    }

    private static List<(string Key, string Value)> ReadFile(string path)
    {
        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 8 };
            using var document = JsonDocument.Parse(SmallFile.Read(path, LargestFile), options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. Flatten(document.RootElement, "")]
                : throw new JsonException();
        }
        // InvalidOperationException: half a surrogate pair, which is valid JSON but not a valid text.
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.SettingsFileUnreadable, $"The settings file {PlainText.Printable(path)} cannot be read as a JSON object.",
                "Give the path of a JSON file such as { \"target_chunk_size\": 10000 }.") { Subject = path };
        }
    }

    private static IEnumerable<(string, string)> Flatten(JsonElement element, string prefix) =>
        element.EnumerateObject().SelectMany(p => p.Value.ValueKind switch
        {
            JsonValueKind.Object => Flatten(p.Value, $"{prefix}{p.Name}."),
            JsonValueKind.Null => [],
            _ => [(prefix + p.Name, p.Value.ToString())],
        });

    private static Dictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "");
}
