namespace CmEtl.Engine;

/// <summary>
/// Splits a script into statements, as psql does, because VACUUM and other statements are refused when they are sent together with further
/// ones. See https://www.postgresql.org/docs/current/sql-syntax-lexical.html for texts that may contain a semicolon.
/// </summary>
internal static class SqlScript
{
    /// <summary>The statements without their semicolons. Empty statements and comments without a statement are left out.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var statements = new List<string>();
        var (start, any) = (0, false);
        for (var i = 0; i < text.Length;)
        {
            var end = Skip(text, i);
            if (end > i + 1)
            {
                any |= text[i] is not ('-' or '/');
                i = end;
                continue;
            }

            if (text[i] == ';')
            {
                Add(text[start..i]);
                (start, any) = (i + 1, false);
            }
            else
            {
                any |= !char.IsWhiteSpace(text[i]);
            }

            i++;
        }

        Add(text[start..]);
        return statements;

        void Add(string statement)
        {
            if (any)
            {
                statements.Add(statement.Trim());
            }
        }
    }

    /// <summary>
    /// The position after the quoted text or comment that begins at <paramref name="i"/>; at most i + 1 when none begins there.
    /// </summary>
    private static int Skip(string text, int i) => text[i] switch
    {
        '\'' => Quoted(text, i, escapes: i > 0 && text[i - 1] is 'E' or 'e' && (i < 2 || !IsName(text[i - 2]))),
        '"' => Quoted(text, i, escapes: false),
        '-' when At(text, i + 1) == '-' => Until(text, "\n", i),
        '/' when At(text, i + 1) == '*' => Comment(text, i),
        '$' when i == 0 || !IsName(text[i - 1]) => Dollar(text, i),
        _ => i + 1,
    };

    private static int Quoted(string text, int start, bool escapes)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (escapes && text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start] && At(text, ++i) != text[start])
            {
                return i;
            }
        }

        return text.Length;
    }

    private static int Comment(string text, int start)
    {
        var depth = 0;
        for (var i = start; i < text.Length - 1; i++)
        {
            depth += (text[i], text[i + 1]) switch { ('/', '*') => 1, ('*', '/') => -1, _ => 0 };
            i += (text[i], text[i + 1]) is ('/', '*') or ('*', '/') ? 1 : 0;
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static int Dollar(string text, int start)
    {
        var end = start + 1;
        while (IsName(At(text, end)))
        {
            end++;
        }

        return At(text, end) == '$' && !char.IsAsciiDigit(At(text, start + 1)) ? Until(text, text[start..(end + 1)], end + 1) : start + 1;
    }

    private static int Until(string text, string mark, int from) =>
        text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var found ? found + mark.Length : text.Length;

    private static char At(string text, int i) => i < text.Length ? text[i] : '\0';

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';
}
