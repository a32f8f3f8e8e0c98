using System.Globalization;

namespace CmEtl.Aws.Definitions;

/// <summary>Compares two texts as a unified diff with three lines of context, in the format of <c>diff -u</c>.</summary>
public static class TextDiff
{
    private const int Context = 3;

    /// <summary>Above this product of line counts, the whole differing part is shown as removed and added.</summary>
    private const long MostCells = 4_000_000;

    /// <summary>The differing lines with their context. Empty if the texts are equal.</summary>
    public static string Unified(string old, string @new)
    {
        var lines = Lines(Split(old), Split(@new));
        var text = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Mark == ' ')
            {
                continue;
            }

            // A hunk ends if more lines are equal than in two contexts.
            var start = Math.Max(0, i - Context);
            var end = i;
            for (var next = i; next < lines.Count && next <= end + (2 * Context) + 1; next++)
            {
                end = lines[next].Mark == ' ' ? end : next;
            }

            end = Math.Min(lines.Count - 1, end + Context);
            text.Add(Header(lines, start, end));
            text.AddRange(lines.Skip(start).Take(end - start + 1).Select(l => l.Mark + l.Text));
            i = end;
        }

        return string.Join('\n', text);
    }

    private static string Header(List<(char Mark, string Text)> lines, int start, int end)
    {
        return string.Create(CultureInfo.InvariantCulture, $"@@ -{Range('+')} +{Range('-')} @@");

        // The lines of one side are all lines except those of the other side.
        string Range(char other)
        {
            var count = lines.Skip(start).Take(end - start + 1).Count(l => l.Mark != other);
            var first = lines.Take(start).Count(l => l.Mark != other) + (count > 0 ? 1 : 0);
            return string.Create(CultureInfo.InvariantCulture, $"{first},{count}");
        }
    }

    private static List<(char Mark, string Text)> Lines(string[] old, string[] @new)
    {
        var head = 0;
        while (head < old.Length && head < @new.Length && old[head] == @new[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < @new.Length - head && old[^(tail + 1)] == @new[^(tail + 1)])
        {
            tail++;
        }

        return
        [
            .. old.Take(head).Select(l => (' ', l)),
            .. Middle(old[head..^tail], @new[head..^tail]),
            .. old.Skip(old.Length - tail).Select(l => (' ', l)),
        ];
    }

    private static List<(char Mark, string Text)> Middle(string[] old, string[] @new)
    {
        if ((long)old.Length * @new.Length > MostCells)
        {
            return [.. old.Select(l => ('-', l)), .. @new.Select(l => ('+', l))];
        }

        // Length of the longest common subsequence after each pair of lines.
        var common = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<(char, string)>();
        var (a, b) = (0, 0);
        while (a < old.Length || b < @new.Length)
        {
            if (a < old.Length && b < @new.Length && old[a] == @new[b])
            {
                lines.Add((' ', old[a++]));
                b++;
            }
            else if (b == @new.Length || (a < old.Length && common[a + 1, b] >= common[a, b + 1]))
            {
                lines.Add(('-', old[a++]));
            }
            else
            {
                lines.Add(('+', @new[b++]));
            }
        }

        return lines;
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
