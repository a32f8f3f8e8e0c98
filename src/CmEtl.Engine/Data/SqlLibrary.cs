using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CmEtl.Engine;

/// <summary>
/// The statements of <c>sql/</c> with the variables of psql replaced: <c>:"schema"</c> becomes a quoted identifier, <c>:'value'</c> a
/// parameter, and <c>:text</c> SQL text, either a file of <c>sql/parts</c> or text that the engine generates from the catalog. The same
/// files run in psql (https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-INTERPOLATION).
/// </summary>
internal sealed partial class SqlLibrary
{
    private static readonly FrozenDictionary<string, string> Files = ReadFiles();

    private readonly FrozenDictionary<string, string> _variables;
    private readonly ConcurrentDictionary<string, string> _rendered = new();

    /// <param name="variables">Identifiers (unquoted) and SQL texts by variable name.</param>
    public SqlLibrary(IEnumerable<KeyValuePair<string, string>> variables) => _variables = variables.ToFrozenDictionary();

    /// <summary>
    /// Changes with any statement of Task 02, so that a run is not continued with other statements than those it began with.
    /// </summary>
    public static string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Files.Where(f => f.Key.Split('/')[0] is "task02" or "delta" or "parts").OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)))))[..16];

    public static IEnumerable<string> Names => Files.Keys;

    public SqlLibrary With(IEnumerable<KeyValuePair<string, string>> more) => new(_variables.Concat(more));

    /// <summary>For negative controls in tests: replaces the text of a file, given its name and text.</summary>
    public static AsyncLocal<Func<string, string, string>?> Control { get; } = new();

    /// <summary>The statement with its variables replaced.</summary>
    public string this[string name] => Control.Value is null ? _rendered.GetOrAdd(name, n => Fill(Files[n])) : Fill(File(name));

    /// <summary>Quotes an identifier like PostgreSQL's quote_ident, but always.</summary>
    public static string Quote(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    /// <summary>Replaces the variables in a text.</summary>
    public string Fill(string text) => Token().Replace(text, match => match switch
    {
        { Groups: var g } when g["identifier"].Success => Quote(_variables[g["identifier"].Value]),
        { Groups: var g } when g["value"].Success => '@' + g["value"].Value,
        { Groups: var g } when g["text"].Success => Fill(_variables.GetValueOrDefault(g["text"].Value) ?? File($"parts/{g["text"].Value}")),
        _ => match.Value,
    });

    private static FrozenDictionary<string, string> ReadFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(n => !n.EndsWith(".csv", StringComparison.Ordinal)).ToFrozenDictionary(name => name, name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            return reader.ReadToEnd();
        });
    }

    // Comments, casts and string literals come first, so that a colon in them is not replaced.
    [GeneratedRegex("""--[^\n]*|::|:"(?<identifier>\w+)"|:'(?<value>\w+)'|:(?<text>[a-z]\w*)|'(?:[^']|'')*'|"(?:[^"]|"")*" """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    public static string File(string name) => Control.Value?.Invoke(name, Files[name]) ?? Files[name];
}
