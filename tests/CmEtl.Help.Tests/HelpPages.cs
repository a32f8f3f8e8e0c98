using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>The sources of the help.</summary>
internal static partial class HelpPages
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "help");

    public static IEnumerable<string> Names { get; } =
        Directory.GetFiles(Folder, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Order();

    public static IEnumerable<string> Topics { get; } =
        Directory.GetFiles(Path.Combine(Repository.Root, "module", "en-US"), "*.help.txt").Order();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".md"));

    /// <summary>The examples of a page. Why says why one is not run.</summary>
    public static IReadOnlyList<(string Title, string Code, string Why)> Examples(string name) =>
        [.. Example().Matches(Read(name)).Select(m => (m.Groups["title"].Value, m.Groups["code"].Value, m.Groups["why"].Value))];

    [GeneratedRegex("^### (?<title>.+)\n+(<!-- not run: (?<why>.+) -->\n)?```powershell\n(?<code>(?:.*\n)+?)```$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
