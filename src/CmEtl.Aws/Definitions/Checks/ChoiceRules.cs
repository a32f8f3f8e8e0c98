using System.Text.Json;
using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Choice states: https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html.</summary>
internal static class ChoiceRules
{
    private static readonly HashSet<string> Comparisons =
    [
        "BooleanEquals", "BooleanEqualsPath", "IsBoolean", "IsNull", "IsNumeric", "IsPresent", "IsString", "IsTimestamp", "StringMatches",
        .. from kind in new[] { "Numeric", "String", "Timestamp" }
           from comparison in new[] { "Equals", "GreaterThan", "GreaterThanEquals", "LessThan", "LessThanEquals" }
           from source in new[] { "", "Path" }
           select kind + comparison + source,
    ];

    public static void Check(StateScope scope)
    {
        if (scope.Node["Choices"] is not { Kind: JsonValueKind.Array } choices || !choices.Items().Any())
        {
            scope.Error("MissingField", scope.Node["Choices"] ?? scope.Node, "A Choice state needs Choices, an array with one or more rules.");
            return;
        }

        foreach (var rule in choices.Items())
        {
            if (!rule.IsObject)
            {
                scope.Error("InvalidValue", rule, "A rule must be an object.");
                continue;
            }

            if (rule["Next"] is null)
            {
                scope.Error("MissingField", rule, "A rule needs Next.");
            }

            AssignRules.Check(scope, rule);
            if (scope.IsJsonata)
            {
                CheckJsonata(scope, rule);
            }
            else
            {
                CheckJsonPath(scope, rule, isTop: true);
            }
        }
    }

    private static void CheckJsonata(StateScope scope, AslNode rule)
    {
        foreach (var (name, node) in rule.Members().Where(m => m.Name is not ("Condition" or "Next" or "Assign" or "Output" or "Comment")))
        {
            scope.Error("JsonPathInJsonata", node, $"A rule of a JSONata state has no field {name}.");
        }

        if (rule["Condition"] is not { } condition)
        {
            scope.Error("MissingField", rule, "A rule of a JSONata state needs Condition.");
        }
        else if (condition.Kind is not (JsonValueKind.True or JsonValueKind.False) && !scope.Report.IsOpen(condition)
            && (condition.Text is not { } text || !JsonataSyntax.IsExpression(text)))
        {
            scope.Error("InvalidValue", condition, "Condition must be true, false or a JSONata expression between '{%' and '%}'.");
        }
        else
        {
            FieldRules.Template(scope, condition);
        }

        if (rule["Output"] is { } output)
        {
            FieldRules.Template(scope, output);
        }
    }

    private static void CheckJsonPath(StateScope scope, AslNode rule, bool isTop)
    {
        var fields = rule.Members().Where(m => m.Name is not ("Next" or "Assign" or "Comment")).ToList();
        if (!isTop && (rule["Next"] ?? rule["Assign"]) is { } misplaced)
        {
            scope.Error("UnknownField", misplaced, "Next and Assign are allowed only in the outermost rule.");
        }

        if (fields is [("And" or "Or", var list)])
        {
            if (list.Kind != JsonValueKind.Array || !list.Items().Any())
            {
                scope.Error("InvalidValue", list, "And and Or need an array with one or more rules.");
            }

            foreach (var inner in list.Items())
            {
                CheckJsonPath(scope, inner, isTop: false);
            }
        }
        else if (fields is [("Not", var inner)])
        {
            CheckJsonPath(scope, inner, isTop: false);
        }
        else
        {
            CheckComparison(scope, rule, fields);
        }
    }

    private static void CheckComparison(StateScope scope, AslNode rule, List<(string Name, AslNode Node)> fields)
    {
        foreach (var (name, node) in fields.Where(f => f.Name != "Variable" && !Comparisons.Contains(f.Name)))
        {
            scope.Error(
                name == "Condition" ? "JsonataInJsonPath" : "UnknownField", node,
                name == "Condition" ? "Condition needs \"QueryLanguage\": \"JSONata\"." : $"{name} is not a comparison, or cannot be combined with others.");
        }

        if (rule["Variable"] is not { } variable)
        {
            scope.Error("MissingField", rule, "A rule needs Variable and one comparison, or And, Or or Not.");
        }
        else if (!scope.Report.IsOpen(variable) && (variable.Text is not { } path || !PathSyntax.IsPath(path)))
        {
            scope.Error("InvalidPath", variable, "Variable must be a path.");
        }

        var comparisons = fields.FindAll(f => Comparisons.Contains(f.Name));
        if (comparisons.Count != 1)
        {
            scope.Error("InvalidValue", rule, $"A rule needs exactly one comparison; this one has {comparisons.Count}.");
        }

        foreach (var (name, node) in comparisons.Where(c => !scope.Report.IsOpen(c.Node) && !Fits(c.Name, c.Node)))
        {
            scope.Error("InvalidValue", node, $"The value of {name} has the wrong type.");
        }
    }

    private static bool Fits(string comparison, AslNode value) =>
        comparison.EndsWith("Path", StringComparison.Ordinal) ? value.Text is { } path && PathSyntax.IsPath(path)
            : comparison.StartsWith("Is", StringComparison.Ordinal) || comparison == "BooleanEquals"
                ? value.Kind is JsonValueKind.True or JsonValueKind.False
            : comparison.StartsWith("Numeric", StringComparison.Ordinal) ? value.Number is not null
            : comparison.StartsWith("Timestamp", StringComparison.Ordinal) ? value.Text is { } time && Timestamps.IsTimestamp(time)
            : value.Text is not null;
}
