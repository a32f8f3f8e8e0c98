using System.Globalization;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Engine.Tests.Session;

/// <summary>For every setting of sql/session/settings.sql, a value that would do harm if it were in force.</summary>
internal static class HostileSetting
{
    /// <summary>
    /// Allowed values of text settings, and limits that would end a session of the engine but not the session that corrects them.
    /// </summary>
    private static readonly Dictionary<string, string> Chosen = new()
    {
        ["search_path"] = "public, pg_catalog", ["client_encoding"] = "LATIN1", ["TimeZone"] = "Pacific/Kiritimati", ["timezone_abbreviations"] = "India",
        ["DateStyle"] = "SQL, DMY", ["lc_monetary"] = "POSIX", ["lc_numeric"] = "POSIX", ["lc_time"] = "POSIX", ["synchronous_commit"] = "off",
        ["statement_timeout"] = "60", ["lock_timeout"] = "1", ["idle_in_transaction_session_timeout"] = "60", ["idle_session_timeout"] = "100",
        ["transaction_timeout"] = "60", ["client_min_messages"] = "debug1", ["debug_print_plan"] = "on",
    };

    /// <summary>Settings with a single usable value: the only table access method, no tablespace.</summary>
    private static readonly string[] OneValue = ["default_table_access_method", "default_tablespace", "restrict_nonsystem_relation_kind"];

    /// <summary>Names and values of the settings that a role may have.</summary>
    public static async Task<List<(string Name, string Value)>> AllAsync(EngineDatabase database)
    {
        var wanted = SqlLibrary.File("session/settings").Replace(":'session_time_zone'", "'UTC'", StringComparison.Ordinal)
            .Replace(":'statement_timeout'", "'600000'", StringComparison.Ordinal).Replace(":'lock_timeout'", "'30000'", StringComparison.Ordinal)
            .Replace(":'idle_timeout'", "'60000'", StringComparison.Ordinal);
        var rows = await database.Connection.QueryAsync(
            $"""
            SELECT s.name, s.vartype, coalesce(w.value, s.boot_val) AS value, coalesce(s.enumvals, ARRAY[]::text[]) AS allowed, s.min_val, s.max_val
              FROM ({wanted}) AS w (name, value, may_stay) JOIN pg_settings AS s USING (name) WHERE s.context = 'user'
            """,
            r => (Name: r.GetString(0), Type: r.GetString(1), Value: r.GetString(2), Allowed: r.GetFieldValue<string[]>(3),
                Least: r.IsDBNull(4) ? "" : r.GetString(4), Most: r.IsDBNull(5) ? "" : r.GetString(5)), default);
        return [.. rows.Where(r => !OneValue.Contains(r.Name)).Select(r => (r.Name, Chosen.GetValueOrDefault(r.Name) ?? r.Type switch
        {
            "bool" => r.Value == "on" ? "off" : "on",
            "enum" => r.Allowed.First(v => v != r.Value),
            "integer" or "real" => Number(r.Least) != Number(r.Value) ? r.Least : r.Most,
            _ => throw new InvalidOperationException($"{r.Name} needs a hostile value in this test."),
        }))];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
