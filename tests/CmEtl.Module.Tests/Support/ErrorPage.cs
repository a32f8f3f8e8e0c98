using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>docs/errors.md, whose tables are made of the catalog of each project and of the module's commands.</summary>
internal static partial class ErrorPage
{
    public static readonly string File = Path.Combine(Repository.Root, "docs", "errors.md");

    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>What the catalogs say, by section of the page.</summary>
    public static IReadOnlyList<(string Section, string[] Ids, string Meaning, string Remedy)> Errors { get; } =
        [.. Directory.GetFiles(Source, "Errors.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Read)];

    /// <summary>The topics and commands of a host.</summary>
    public static Dictionary<string, string> CommandsOf(string project) =>
        Directory.GetFiles(Path.Combine(Source, project), "Commands.csv", SearchOption.AllDirectories).SelectMany(System.IO.File.ReadLines)
            .Where(l => !l.StartsWith('#')).Select(l => l.Split('|')).ToDictionary(f => f[0], f => f[1]);

    /// <summary>The page with the tables of its sections made anew.</summary>
    public static string Render(string page)
    {
        var commands = CommandsOf("CmEtl.PowerShell");
        foreach (var section in Errors.GroupBy(e => e.Section))
        {
            var rows = section.OrderBy(e => e.Ids[0], StringComparer.Ordinal).Select(e =>
                $"| {string.Join(", ", e.Ids.Select(i => $"`{i}`"))} | {e.Meaning} | {e.Remedy} | {Code(commands.GetValueOrDefault(e.Ids[0], ""))} |\n");
            var table = $"| id | means | do | with the module |\n| --- | --- | --- | --- |\n{string.Concat(rows)}";
            page = Regex.Replace(
                page, $@"(?<=\n## {Regex.Escape(section.Key)}\n(?:(?!## |\|).*\n)*)(?:\|.*\n)+", table.Replace("$", "$$", StringComparison.Ordinal));
        }

        return page;
    }

    private static IEnumerable<(string Section, string[] Ids, string Meaning, string Remedy)> Read(string file)
    {
        var section = "";
        foreach (var line in System.IO.File.ReadLines(file))
        {
            section = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : section;
            if (!line.StartsWith('#') && line.Split('|') is [var ids, var meaning, var remedy])
            {
                yield return (section, ids.Split(' '), meaning, remedy);
            }
        }
    }

    private static string Code(string command) =>
        Command().Replace(command, "`$0`").Replace("{subject}", "...", StringComparison.Ordinal);

    [GeneratedRegex(@"\w+-Cm\w+(?: -[A-Z]\w+(?: (?:\{subject\}|'?\.{3}'?|Owner|Worker|10))?)*|(?<!\S)-[A-Z]\w+(?: -[A-Z]\w+)*")]
    private static partial Regex Command();
}
