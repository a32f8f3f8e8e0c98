using System.Buffers;

namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>
/// JSONata between <c>{%</c> and <c>%}</c>: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html and
/// https://docs.jsonata.org. The check knows the order of operands and
/// operators, brackets and quotes, but not functions and types. It refuses only text that no JSONata parser accepts.
/// </summary>
internal static class JsonataSyntax
{
    private const string Open = "{%";
    private const string Close = "%}";

    private static readonly SearchValues<char> Signature = SearchValues.Create("<snbl-:xjofua()?+ ");

    /// <summary>Operators between two operands, longest first.</summary>
    private static readonly string[] Binary =
        [":=", "~>", "!=", "<=", ">=", "..", "??", "?:", "?", ":", ";", ",", ".", "+", "-", "*", "/", "%", "=", "<", ">", "&", "@", "#", "|"];

    /// <summary>Whether a string of a JSONata state is an expression. Other strings are literals.</summary>
    public static bool IsExpression(string text) =>
        text.StartsWith(Open, StringComparison.Ordinal) && text.EndsWith(Close, StringComparison.Ordinal);

    /// <summary>Whether exactly one of the delimiters is in its place. Step Functions refuses such a string.</summary>
    public static bool IsHalfExpression(string text) =>
        text.StartsWith(Open, StringComparison.Ordinal) != text.EndsWith(Close, StringComparison.Ordinal);

    /// <summary>
    /// Whether a string that is not an expression looks like one. Step Functions accepts it as a plain string, as recorded in tests of
    /// LocalStack (tests/aws/services/stepfunctions/v2/arguments).
    /// </summary>
    public static bool LooksLikeExpression(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith(Open, StringComparison.Ordinal) || trimmed.EndsWith(Close, StringComparison.Ordinal);
    }

    /// <summary>Returns the problem of an expression, or null.</summary>
    /// <param name="text">The expression with its delimiters.</param>
    /// <param name="stateMembers">Gets the members of <c>$states</c> that the expression reads, such as <c>result</c>.</param>
    public static string? Problem(string text, ICollection<string> stateMembers) => text.Length < Open.Length + Close.Length
        ? "The JSONata expression is empty." : new Scan(text[Open.Length..^Close.Length], stateMembers).Problem();

    private sealed class Scan(string text, ICollection<string> stateMembers)
    {
        private readonly Stack<char> _open = new();
        private string _before = "";
        private int _at;
        private int _bars;

        public string? Problem()
        {
            // An operator is required between operands, and an operand after an operator and at the beginning.
            var (operand, last) = (true, "");
            while (Skip())
            {
                var c = text[_at];
                if (c is ')' or ']' or '}')
                {
                    if (_open.Count == 0 || Partner(_open.Pop()) != c)
                    {
                        return $"'{c}' has no opening counterpart in the JSONata expression.";
                    }

                    // (), [], {}, a last ';' and an omitted argument are allowed before a closing bracket.
                    if (operand && last is not ("(" or "[" or "{" or ";" or "?" or "*" or "%" or ","))
                    {
                        return $"An operand is missing before '{c}' in the JSONata expression.";
                    }

                    (operand, last) = (false, c.ToString());
                    _at++;
                }
                else if (operand ? Operand(ref last, ref operand) : Operator(ref last, ref operand))
                {
                    continue;
                }
                else
                {
                    return $"'{text[_at..Math.Min(_at + 10, text.Length)]}' is unexpected in the JSONata expression.";
                }
            }

            return _open.Count > 0 ? $"'{_open.Peek()}' is not closed in the JSONata expression."
                : last.Length == 0 ? "The JSONata expression is empty."
                : operand && last != ";" ? $"An operand is missing after '{last}' in the JSONata expression."
                : null;
        }

        private bool Operand(ref string last, ref bool operand)
        {
            var c = text[_at];
            if (c is '(' or '[' or '{')
            {
                Push(c, ref last);
                return true;
            }

            if (c is '-' or '|')
            {
                // A transform has three bars: | location | update |. The last one ends it.
                _bars = c == '|' ? 2 : _bars;
                last = c.ToString();
                _at++;
                return true;
            }

            if (c is '<' or '>' && (last is "(" or ","))
            {
                // The direction of a sort: ^(>price, <name).
                _at++;
                last = "-";
                return true;
            }

            if (c == '?' && last is "(" or ",")
            {
                // A placeholder of a partial application: $f(?, 2).
                _at++;
                operand = false;
                return true;
            }

            var length = c switch
            {
                '"' or '\'' or '`' => Quoted(c),
                '/' => Quoted('/') is var regex and > 0 ? regex + Run(_at + regex, char.IsAsciiLetter) : 0,
                '*' => _at + 1 < text.Length && text[_at + 1] == '*' ? 2 : 1,
                '%' => 1,
                '$' => 1 + (_at + 1 < text.Length && text[_at + 1] == '$' ? 1 : Run(_at + 1, IsNamePart)),
                _ when char.IsAsciiDigit(c) => NumberLength(),
                _ => Run(_at, IsNamePart),
            };
            if (last == "." && _before == "$states")
            {
                stateMembers.Add(text.Substring(_at, length));
            }

            _before = last == "." ? "" : text.Substring(_at, length);
            _at += length;
            operand = false;
            last = "operand";
            return length > 0;
        }

        private bool Operator(ref string last, ref bool operand)
        {
            var c = text[_at];
            if (c is '(' or '[' or '{' or '^')
            {
                _at += c == '^' ? 1 : 0;
                if (c == '^' && (!Skip() || text[_at] != '('))
                {
                    return false;
                }

                Push(text[_at], ref last);
                operand = true;
                return true;
            }

            var word = Run(_at, char.IsAsciiLetter);
            if (text.AsSpan(_at, word) is "and" or "or" or "in")
            {
                (last, operand) = (text.Substring(_at, word), true);
                _at += word;
                return true;
            }

            var found = Array.Find(Binary, o => text.AsSpan(_at).StartsWith(o, StringComparison.Ordinal));
            if (found is null)
            {
                return false;
            }

            // The signature of a function: function($x)<n:n>{ ... }.
            if (found == "<" && last == ")" && text.IndexOf('>', _at) is var end and > 0
                && text.AsSpan(_at, end - _at).IndexOfAnyExcept(Signature) < 0)
            {
                _at = end + 1;
                return true;
            }

            _before = found == "." ? _before : "";
            _at += found.Length;
            (last, operand) = (found, found != "|" || --_bars != 0);
            return true;
        }

        private void Push(char bracket, ref string last)
        {
            _open.Push(bracket);
            _before = "";
            last = bracket.ToString();
            _at++;
        }

        /// <summary>Moves to the next token. False at the end.</summary>
        private bool Skip()
        {
            while (_at < text.Length)
            {
                if (char.IsWhiteSpace(text[_at]))
                {
                    _at++;
                }
                else if (text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal))
                {
                    var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                    _at = end < 0 ? text.Length : end + 2;
                }
                else
                {
                    return true;
                }
            }

            return false;
        }

        // The length including both quotes. 0 if the closing quote is missing.
        private int Quoted(char quote)
        {
            for (var i = _at + 1; i < text.Length; i++)
            {
                if (text[i] == '\\')
                {
                    i++;
                }
                else if (text[i] == quote)
                {
                    return i + 1 - _at;
                }
            }

            return 0;
        }

        private int NumberLength()
        {
            var length = Run(_at, char.IsAsciiDigit);
            if (_at + length + 1 < text.Length && text[_at + length] == '.' && char.IsAsciiDigit(text[_at + length + 1]))
            {
                length += 1 + Run(_at + length + 1, char.IsAsciiDigit);
            }

            if (_at + length + 1 < text.Length && text[_at + length] is 'e' or 'E')
            {
                var sign = text[_at + length + 1] is '+' or '-' ? 1 : 0;
                length += 1 + sign + Run(_at + length + 1 + sign, char.IsAsciiDigit);
            }

            return length;
        }

        private int Run(int from, Func<char, bool> part)
        {
            var end = from;
            while (end < text.Length && part(text[end]))
            {
                end++;
            }

            return end - from;
        }

        private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

        private static char Partner(char open) => open switch { '(' => ')', '[' => ']', _ => '}' };
    }
}
