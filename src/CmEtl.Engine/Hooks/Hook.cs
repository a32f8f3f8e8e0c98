using System.Text.Json;

namespace CmEtl.Engine;

/// <summary>One hook: a file of SQL, which is run in the database as the role of the run, or a command.</summary>
/// <param name="Kind">When it runs.</param>
/// <param name="Text">The setting's entry: a path that ends in .sql, or a program with its arguments.</param>
internal sealed record Hook(HookKind Kind, string Text)
{
    private const int MostBytes = 1_000_000;

    /// <summary>Whether it is SQL.</summary>
    public bool IsSql => Text.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && !Text.Contains('\n', StringComparison.Ordinal);

    /// <summary>
    /// For events and messages: the name of the file or program without its folder and arguments, which may hold a secret.
    /// </summary>
    public string Name => $"{SettingName(Kind)} {Path.GetFileName(IsSql ? Text : Command.Program)}";

    /// <summary>The program and the text of its arguments.</summary>
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

    /// <summary>The hooks of a kind.</summary>
    public static IReadOnlyList<Hook> Of(EtlSettings settings, HookKind kind) =>
        [.. Entries(kind switch
        {
            HookKind.BeforeRun => settings.BeforeRun,
            HookKind.AfterSuccess => settings.AfterSuccess,
            _ => settings.AfterRun,
        }).Select(e => new Hook(kind, e))];

    /// <summary>The entries of a setting: one, or several as a JSON array of strings.</summary>
    public static IReadOnlyList<string> Entries(string setting)
    {
        if (!setting.StartsWith('['))
        {
            return setting.Trim().Length == 0 ? [] : [setting.Trim()];
        }

        using var list = JsonDocument.Parse(setting);
        return [.. list.RootElement.EnumerateArray().Select(e => e.GetString() ?? throw new JsonException())];
    }

    /// <summary>Whether a setting's value can be read.</summary>
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

    /// <summary>The statements of its file.</summary>
    public IReadOnlyList<string> ReadStatements() => SqlScript.Split(System.Text.Encoding.UTF8.GetString(SmallFile.Read(Text, MostBytes)));

    /// <summary>Throws when the file of a hook cannot be read: found before a run rather than in it.</summary>
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
                    "Give the full path of a file of SQL that this account can read; nothing was started.") { Subject = SettingName(hook.Kind) };
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
