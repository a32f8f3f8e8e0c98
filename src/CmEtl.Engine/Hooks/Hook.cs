using System.Text.Json;

namespace CmEtl.Engine;

/// <summary>A hook: a SQL file, which runs in the database with the role of the run, or a command.</summary>
/// <param name="Kind">When it runs.</param>
/// <param name="Text">The entry of the setting: a path that ends in .sql, or a program with its arguments.</param>
internal sealed record Hook(HookKind Kind, string Text)
{
    private const int MostBytes = 1_000_000;

    /// <summary>Whether the hook is a SQL file.</summary>
    public bool IsSql => Text.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && !Text.Contains('\n', StringComparison.Ordinal);

    /// <summary>
    /// The name for events and messages: the file or program without folder and arguments, because these may contain a secret.
    /// </summary>
    public string Name => $"{SettingName(Kind)} {Path.GetFileName(IsSql ? Text : Command.Program)}";

    /// <summary>The program, and its arguments as one text.</summary>
    public (string Program, string Arguments) Command
    {
        get
        {
            var text = Text.Trim();
            var end = text.StartsWith('"') ? text.IndexOf('"', 1) : text.IndexOf(' ', StringComparison.Ordinal);
            return text.StartsWith('"') && end > 0 ? (text[1..end], text[(end + 1)..].Trim())
                : end > 0 ? (text[..end], text[(end + 1)..].Trim())
                : (text, "");
        }
    }

    /// <summary>The configured hooks of a kind.</summary>
    public static IReadOnlyList<Hook> Of(EtlSettings settings, HookKind kind) =>
        [.. Entries(kind switch
        {
            HookKind.BeforeRun => settings.BeforeRun,
            HookKind.AfterSuccess => settings.AfterSuccess,
            _ => settings.AfterRun,
        }).Select(e => new Hook(kind, e))];

    /// <summary>The entries of a setting: a single text, or a JSON array of strings.</summary>
    public static IReadOnlyList<string> Entries(string setting)
    {
        if (!setting.StartsWith('['))
        {
            return setting.Trim().Length == 0 ? [] : [setting.Trim()];
        }

        using var list = JsonDocument.Parse(setting);
        return [.. list.RootElement.EnumerateArray().Select(e => e.GetString() ?? throw new JsonException())];
    }

    /// <summary>Whether the value of a setting can be parsed.</summary>
    public static bool IsValid(string setting)
    {
        try
        {
            return setting.Length <= 10_000 && Entries(setting).All(e => e.Length > 0 && PlainText.Is(e));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads the statements of the SQL file.</summary>
    public IReadOnlyList<string> ReadStatements() => SqlScript.Split(System.Text.Encoding.UTF8.GetString(SmallFile.Read(Text, MostBytes)));

    /// <summary>Throws when the file of a hook cannot be read, so that a run is not started.</summary>
    public static void Check(EtlSettings settings)
    {
        foreach (var hook in Enum.GetValues<HookKind>().SelectMany(k => Of(settings, k)).Where(h => h.IsSql))
        {
            try
            {
                hook.ReadStatements();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                throw new CmEtlException(
                    ErrorKind.Configuration, ErrorIds.InvalidSettings,
                    $"{SettingName(hook.Kind)}: the file {PlainText.Printable(hook.Text)} cannot be read.",
                    "Set it to the full path of a SQL file that this account can read, then start again. No run was started.") { Subject = SettingName(hook.Kind) };
            }
        }
    }

    private static string SettingName(HookKind kind) => kind switch
    {
        HookKind.BeforeRun => "before_run",
        HookKind.AfterSuccess => "after_success",
        _ => "after_run",
    };
}
