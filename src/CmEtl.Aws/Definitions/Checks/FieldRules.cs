using System.Text.Json;
using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Checks the values of fields by their kind.</summary>
internal static class FieldRules
{
    private const double MostSeconds = 99_999_999;

    public static void Check(StateScope scope, string field, AslNode node, FieldKind kind)
    {
        if (scope.Report.IsOpen(node))
        {
            return;
        }

        var isExpression = scope.IsJsonata && node.Text is not null && JsonataSyntax.IsExpression(node.Text);
        if (isExpression && kind is FieldKind.Text or FieldKind.Count or FieldKind.Seconds or FieldKind.Percentage)
        {
            Template(scope, node);
            return;
        }

        var problem = kind switch
        {
            FieldKind.Text => node.Text is null ? "a string" : null,
            FieldKind.Flag => node.Kind is JsonValueKind.True or JsonValueKind.False ? null : "true or false",
            FieldKind.Count => InRange(node, 0, int.MaxValue, whole: true) ? null : "an integer of 0 or greater",
            FieldKind.Seconds => InRange(node, 1, MostSeconds, whole: true) ? null : "an integer from 1 to 99999999",
            FieldKind.Percentage => InRange(node, 0, 100, whole: false) ? null : "a number from 0 to 100",
            FieldKind.Path => IsPath(node) ? null : "a path",
            FieldKind.PathOrNull => node.Kind == JsonValueKind.Null || IsPath(node) ? null : "a path or null",
            FieldKind.PathOrCall =>
                IsPath(node) || (node.Text is { } text && IntrinsicSyntax.IsCall(text) && IntrinsicSyntax.Problem(text) is null) ? null
                : "a path or an intrinsic function call",
            FieldKind.Reference => IsPath(node, reference: true) ? null : "a path to one value",
            FieldKind.ReferenceOrNull => node.Kind == JsonValueKind.Null
                || (IsPath(node, reference: true) && node.Text is ['$'] or ['$', '.' or '[', ..]) ? null : "a path to one value of the state's data, or null",
            FieldKind.ObjectTemplate => node.IsObject ? null : "an object",
            _ => null,
        };
        if (problem is not null)
        {
            scope.Error("InvalidValue", node, $"{field} must be {problem}{(scope.IsJsonata && node.Text is not null ? ", or a JSONata expression" : "")}.");
        }
        else if (kind is FieldKind.Template or FieldKind.ObjectTemplate)
        {
            Template(scope, node);
        }
    }

    /// <summary>Checks paths and calls in members whose names end in .$, and expressions in a JSONata state.</summary>
    public static void Template(StateScope scope, AslNode node)
    {
        foreach (var (name, member) in node.Members())
        {
            var isDynamic = name.EndsWith(".$", StringComparison.Ordinal);
            if (isDynamic && !scope.IsJsonata && node.Has(name[..^2]))
            {
                scope.Error("RepeatedField", member, $"'{name}' and '{name[..^2]}' are the same field of the result.");
            }

            if (isDynamic && scope.IsJsonata)
            {
                scope.Warn("JsonPathInJsonata", member, $"'{name}': names that end in .$ have no effect in a JSONata state. Write the value as a JSONata expression.");
            }
            else if (isDynamic)
            {
                Dynamic(scope, name, member);
            }
            else
            {
                if (!scope.IsJsonata && LooksDynamic(member))
                {
                    scope.Warn("NoDollar", member, $"'{name}' looks like a path or a call, but is a plain string. The name of a path or a call ends in .$.");
                }

                Template(scope, member);
            }
        }

        foreach (var item in node.Items())
        {
            Template(scope, item);
        }

        if (!scope.IsJsonata || node.Text is not { } text || scope.Report.IsOpen(node))
        {
            return;
        }

        if (JsonataSyntax.IsExpression(text))
        {
            Expression(scope, node, text);
        }
        else if (JsonataSyntax.IsHalfExpression(text))
        {
            scope.Error("InvalidJsonata", node, "A JSONata expression begins with '{%' and ends with '%}', with nothing around them.");
        }
        else if (JsonataSyntax.LooksLikeExpression(text))
        {
            scope.Warn("NotJsonata", node, "This is a plain string. A JSONata expression begins with '{%' and ends with '%}', without other text.");
        }
    }

    /// <summary>
    /// Gives the same warnings as the service:
    /// https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html.
    /// </summary>
    public static void StaticResult(StateScope scope, AslNode node)
    {
        foreach (var member in node.Members().Select(m => m.Node).Concat(node.Items()))
        {
            StaticResult(scope, member);
        }

        if (LooksDynamic(node))
        {
            scope.Warn("StaticResult", node, "The Result of a Pass state is not evaluated. Use Parameters for paths and calls.");
        }
    }

    public static bool InRange(AslNode node, double least, double most, bool whole) =>
        node.Number is { } number && number >= least && number <= most && (!whole || Math.Floor(number) == number);

    private static void Expression(StateScope scope, AslNode node, string text)
    {
        var members = new List<string>();
        if (JsonataSyntax.Problem(text, members) is { } problem)
        {
            scope.Error("InvalidJsonata", node, problem);
        }

        // https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html, "Reserved variable: $states".
        var field = node.Path[scope.Node.Path.Length..];
        var isCatch = field.StartsWith(".Catch[", StringComparison.Ordinal);
        var hasResult = scope.Node["Type"]?.Text is "Task" or "Parallel" or "Map"
            && (field.StartsWith(".Output", StringComparison.Ordinal) || field.StartsWith(".Assign", StringComparison.Ordinal));
        if (members.Contains("result") && !hasResult)
        {
            scope.Error("NoResult", node, "$states.result is only there in Output and Assign of a Task, Parallel or Map state.");
        }

        if (members.Contains("errorOutput") && !isCatch)
        {
            scope.Error("NoErrorOutput", node, "$states.errorOutput is only there in Output and Assign of a Catch entry.");
        }
    }

    private static bool LooksDynamic(AslNode node) => node.Text is { } text && (text.StartsWith("$.", StringComparison.Ordinal)
        || text.StartsWith("$$.", StringComparison.Ordinal) || (IntrinsicSyntax.IsCall(text) && IntrinsicSyntax.Problem(text) is null));

    private static bool IsPath(AslNode node, bool reference = false) => node.Text is { } text && PathSyntax.IsPath(text, reference);

    private static void Dynamic(StateScope scope, string name, AslNode member)
    {
        if (scope.Report.IsOpen(member))
        {
            return;
        }

        if (member.Text is not { } text)
        {
            scope.Error("InvalidPath", member, $"'{name}' must be a path or an intrinsic function call.");
        }
        else if (IntrinsicSyntax.IsCall(text))
        {
            if (IntrinsicSyntax.Problem(text) is { } problem)
            {
                scope.Error("InvalidIntrinsic", member, problem);
            }
        }
        else if (!PathSyntax.IsPath(text))
        {
            scope.Error("InvalidPath", member, $"'{name}' must be a path or an intrinsic function call, not '{text}'.");
        }
    }
}
