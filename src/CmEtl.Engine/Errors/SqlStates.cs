using System.Collections.Frozen;
using System.Reflection;

namespace CmEtl.Engine;

/// <summary>The rule for one SQLSTATE, or for a class of them.</summary>
/// <param name="Code">Five characters, or two for a class.</param>
/// <param name="Condition">PostgreSQL's name of the condition.</param>
/// <param name="Action">What a worker does.</param>
/// <param name="Kind">What a caller can do.</param>
/// <param name="Meaning">What happened, without any value.</param>
/// <param name="Remedy">What to do next.</param>
/// <param name="Reason">Why the action is right.</param>
internal sealed record SqlStateRule(string Code, string Condition, ErrorAction Action, ErrorKind Kind, string Meaning, string Remedy,
    string Reason);

/// <summary>The table of SQLSTATEs, read from SqlStates.csv.</summary>
internal static class SqlStates
{
    private const int ClassLength = 2;

    private static readonly FrozenDictionary<string, SqlStateRule> Rules = Read();

    private static readonly SqlStateRule Unknown = new(
        "", "", ErrorAction.Fail, ErrorKind.Permanent, "the server reported an error that this version does not know",
        "Look for this SQLSTATE in the server's log, and update CmEtl.", "Nothing is known about it.");

    /// <summary>All codes and classes.</summary>
    public static IEnumerable<SqlStateRule> All => Rules.Values;

    /// <summary>The rule of the code, otherwise of its class (for codes of newer servers), otherwise that of an unknown error.</summary>
    public static SqlStateRule Find(string code) =>
        Rules.GetValueOrDefault(code) ?? Rules.GetValueOrDefault(code.Length >= ClassLength ? code[..ClassLength] : "") ?? Unknown;

    private static FrozenDictionary<string, SqlStateRule> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SqlStates.csv")!;
        using var reader = new StreamReader(stream);
        var rules = new Dictionary<string, SqlStateRule>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Split('|') is not [var code, var condition, var action, var meaning, var remedy, var reason])
            {
                continue;
            }

            // A class precedes its codes.
            var family = code.Length > ClassLength ? rules[code[..ClassLength]] : null;
            var (does, kind) = action.Length == 0 ? (family!.Action, family.Kind) : Decide(action);
            rules.Add(code, new SqlStateRule(
                code, condition, does, kind, Or(meaning, family?.Meaning), Or(remedy, family?.Remedy), Or(reason, family?.Reason)));
        }

        return rules.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Or(string text, string? inherited) => text.Length > 0 ? text : inherited!;

    private static (ErrorAction, ErrorKind) Decide(string action) => action switch
    {
        "retry" => (ErrorAction.Retry, ErrorKind.Transient),
        "ask" => (ErrorAction.RetryAfterLedgerCheck, ErrorKind.Transient),
        "await" => (ErrorAction.Await, ErrorKind.Transient),
        "split" => (ErrorAction.Split, ErrorKind.Transient),
        "isolate" => (ErrorAction.Isolate, ErrorKind.Permanent),
        "pause" => (ErrorAction.Pause, ErrorKind.Transient),
        "configure" => (ErrorAction.Fail, ErrorKind.Configuration),
        "table" => (ErrorAction.AwaitTable, ErrorKind.Configuration),
        "fail" => (ErrorAction.Fail, ErrorKind.Permanent),
        _ => throw new InvalidOperationException($"SqlStates.csv has an unknown action: {action}"),
    };
}
