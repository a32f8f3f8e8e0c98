using System.Globalization;

namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>Calls of intrinsic functions: https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html.</summary>
internal static class IntrinsicSyntax
{
    /// <summary>Functions with their minimum and maximum number of arguments.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Functions = new()
    {
        ["States.Array"] = (0, int.MaxValue), ["States.ArrayPartition"] = (2, 2), ["States.ArrayContains"] = (2, 2), ["States.ArrayRange"] = (3, 3),
        ["States.ArrayGetItem"] = (2, 2), ["States.ArrayLength"] = (1, 1), ["States.ArrayUnique"] = (1, 1), ["States.Base64Encode"] = (1, 1),
        ["States.Base64Decode"] = (1, 1), ["States.Hash"] = (2, 2), ["States.JsonMerge"] = (3, 3), ["States.StringToJson"] = (1, 1),
        ["States.JsonToString"] = (1, 1), ["States.MathRandom"] = (2, 3), ["States.MathAdd"] = (2, 2), ["States.StringSplit"] = (2, 2),
        ["States.UUID"] = (0, 0), ["States.Format"] = (1, int.MaxValue),
    };

    private static readonly HashSet<string> OfNumbers = ["States.MathAdd", "States.MathRandom", "States.ArrayRange"];

    public static bool IsCall(string text) => text.StartsWith("States.", StringComparison.Ordinal);

    /// <summary>Returns the problem of a call, or null.</summary>
    public static string? Problem(string text)
    {
        var at = 0;
        var problem = Call(text, ref at);
        return problem ?? (at < text.Length ? $"Unexpected text after the call: '{text[at..]}'." : null);
    }

    private static string? Call(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.'))
        {
            at++;
        }

        var name = text[start..at];
        if (!Functions.TryGetValue(name, out var arguments))
        {
            return $"The intrinsic function '{name}' does not exist.";
        }

        if (at >= text.Length || text[at] != '(')
        {
            return $"{name} must be followed by '('.";
        }

        at++;
        var count = 0;
        for (Skip(text, ref at); at < text.Length && text[at] != ')'; Skip(text, ref at))
        {
            if (count > 0 && !Eat(text, ref at, ','))
            {
                return $"A comma is missing in the arguments of {name}.";
            }

            Skip(text, ref at);
            if (OfNumbers.Contains(name) && at < text.Length && text[at] == '\'')
            {
                return $"{name} takes numbers, not strings.";
            }

            if (Argument(text, ref at) is { } problem)
            {
                return problem;
            }

            count++;
        }

        return !Eat(text, ref at, ')') ? $"The call of {name} has no closing parenthesis."
            : count < arguments.Least || count > arguments.Most ? $"{name} takes {Range(arguments)}, not {count}."
            : null;
    }

    private static string? Argument(string text, ref int at)
    {
        Skip(text, ref at);
        if (at < text.Length && text[at] == '\'')
        {
            for (at++; at < text.Length && text[at] != '\''; at++)
            {
                at += text[at] == '\\' ? 1 : 0;
            }

            return Eat(text, ref at, '\'') ? null : "A string has no closing quote.";
        }

        if (text.AsSpan(at).StartsWith("States.", StringComparison.Ordinal))
        {
            return Call(text, ref at);
        }

        var start = at;
        for (var depth = 0; at < text.Length && (depth > 0 || text[at] is not (',' or ')')); at++)
        {
            depth += text[at] is '[' or '(' ? 1 : text[at] is ']' or ')' ? -1 : 0;
        }

        var word = text[start..at].Trim();
        return word is "null" or "true" or "false" || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || PathSyntax.IsPath(word)
            ? null
            : $"'{word}' is not a path, a number, a call or a string in single quotes.";
    }

    private static string Range((int Least, int Most) arguments) => arguments switch
    {
        var (least, most) when least == most => $"{least} arguments",
        (var least, int.MaxValue) => $"{least} or more arguments",
        var (least, most) => $"{least} to {most} arguments",
    };

    private static bool Eat(string text, ref int at, char expected)
    {
        Skip(text, ref at);
        if (at >= text.Length || text[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    private static void Skip(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }
}
