using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>
/// Lines of code and comments have at most 140 columns. Texts in quotation marks and raw literals may make a line longer.
/// </summary>
public sealed partial class LineTests
{
    private const int Widest = 140;

    /// <summary>Number of lines that are still longer. It may only decrease.</summary>
    private const int Left = 110;

    [Fact]
    public void Lines_are_within_140_columns()
    {
        var wide = new[] { "src",
            "tests" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(f => Wide(f).Select(line => $"{Path.GetRelativePath(Repository.Root, f)}:{line}")).ToList();

        Assert.True(wide.Count <= Left, $"{wide.Count} lines are wider than {Widest} columns, {Left} were allowed:\n{string.Join('\n', wide)}");
    }

    private static IEnumerable<int> Wide(string file)
    {
        var raw = false;
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            var quotes = RawQuotes().Count(line);
            if (!raw && quotes == 0 && (line.AsSpan().TrimStart().StartsWith("//") ? line : Literal().Replace(line, "\"\"")).Length > Widest)
            {
                yield return number + 1;
            }

            raw ^= quotes % 2 != 0;
        }
    }

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawQuotes();

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Literal();
}
