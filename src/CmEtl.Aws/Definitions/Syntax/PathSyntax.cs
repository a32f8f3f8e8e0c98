namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>
/// JSONPath as supported by Step Functions: <c>$</c> is the state's data, <c>$$</c> the context, <c>$name</c> a variable
/// (https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html). A reference path names one node: it has no
/// wildcard, filter, slice or descent.
/// </summary>
internal static class PathSyntax
{
    /// <summary>Whether the text is a path.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reference">Whether only a reference path is accepted.</param>
    public static bool IsPath(string text, bool reference = false)
    {
        // The service accepts white space at the end, and a dot before a bracket.
        text = text.TrimEnd();
        if (!text.StartsWith('$'))
        {
            return false;
        }

        var at = text.StartsWith("$$", StringComparison.Ordinal) ? 2 : 1;
        if (at == 1)
        {
            at += NameLength(text, 1);
        }

        while (at < text.Length)
        {
            var length = text[at] switch
            {
                '.' => DotLength(text, at, reference),
                '[' => BracketLength(text, at, reference),
                _ => 0,
            };
            if (length == 0)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    // .name  ..name  .*  .length()
    private static int DotLength(string text, int at, bool reference)
    {
        var start = at + 1;
        if (start < text.Length && text[start] == '.')
        {
            start++;
            if (reference)
            {
                return 0;
            }

        }

        if (start < text.Length && text[start] == '[')
        {
            return start - at;
        }

        if (start < text.Length && text[start] == '*')
        {
            return reference ? 0 : start + 1 - at;
        }

        var name = NameLength(text, start);
        var end = start + name;
        if (name > 0 && end < text.Length && text[end] == '(')
        {
            var close = Closing(text, end, '(', ')');
            return reference || close < 0 ? 0 : close + 1 - at;
        }

        return name == 0 ? 0 : end - at;
    }

    private static int BracketLength(string text, int at, bool reference)
    {
        var close = Closing(text, at, '[', ']');
        if (close < 0 || close == at + 1)
        {
            return 0;
        }

        var inner = text[(at + 1)..close].Trim();
        var single = inner is ['\'', .., '\''] or ['"', .., '"'] || inner.TrimStart('-').All(char.IsAsciiDigit) || IsPath(inner);
        return inner.Length > 0 && (single || (!reference && IsSelection(inner))) ? close + 1 - at : 0;
    }

    private static bool IsSelection(string inner) =>
        inner == "*" || inner.StartsWith('?')
            || inner.StartsWith('(') || inner.Contains(',') || inner.All(c => char.IsAsciiDigit(c) || c is ':' or '-' or ' ');

    /// <summary>Position of the matching closing bracket outside quotes, or -1 if the bracket is not closed.</summary>
    private static int Closing(string text, int at, char open, char close)
    {
        var (depth, quote) = (0, '\0');
        for (var i = at; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"')
            {
                quote = c;
            }
            else if (c == open)
            {
                depth++;
            }
            else if (c == close && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int NameLength(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '$' or '@' or '/' or ':' or '#'))
        {
            end++;
        }

        return end - at;
    }
}
