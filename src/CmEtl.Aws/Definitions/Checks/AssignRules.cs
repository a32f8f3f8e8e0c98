using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Variables that a state sets: https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html.</summary>
internal static class AssignRules
{
    private const int LongestName = 80;

    public static void Check(StateScope scope, AslNode owner)
    {
        if (owner["Assign"] is not { } assign || scope.Report.IsOpen(assign))
        {
            return;
        }

        if (!assign.IsObject)
        {
            scope.Error("InvalidValue", assign, "Assign must be an object of variables.");
            return;
        }

        foreach (var (name, node) in assign.Members())
        {
            var variable = name.EndsWith(".$", StringComparison.Ordinal) ? name[..^2] : name;
            if (variable.Length is 0 or > LongestName || variable == "states" || !(char.IsLetter(variable[0]) || variable[0] == '_')
                || !variable.All(c => char.IsLetterOrDigit(c) || c == '_'))
            {
                scope.Error(
                    "InvalidVariable", node, $"'{variable}' is not a valid variable name. A name has at most {LongestName} letters, digits and _, does not begin with a digit, and is not 'states'.");
            }
        }

        FieldRules.Template(scope, assign);
    }
}
