using System.Text.Json;
using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Checks a state independently of other states.</summary>
internal static class StateRules
{
    /// <summary>Fields that exclude each other.</summary>
    private static readonly string[][] Exclusive =
    [
        ["TimeoutSeconds", "TimeoutSecondsPath"], ["HeartbeatSeconds", "HeartbeatSecondsPath"], ["Error", "ErrorPath"], ["Cause", "CausePath"],
        ["MaxConcurrency", "MaxConcurrencyPath"], ["ToleratedFailureCount", "ToleratedFailureCountPath"],
        ["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"], ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
    ];

    public static void Check(StateScope scope, string type)
    {
        CheckFields(scope, type);
        CheckEnd(scope, type);
        AssignRules.Check(scope, scope.Node);
        if (type is "Task" or "Parallel" or "Map")
        {
            RetryRules.Check(scope);
        }

        switch (type)
        {
            case "Task":
                CheckTask(scope);
                break;
            case "Pass" when scope.Node["Result"] is { } result:
                FieldRules.StaticResult(scope, result);
                break;
            case "Choice":
                ChoiceRules.Check(scope);
                break;
            case "Wait":
                CheckWait(scope);
                break;
            case "Map":
                MapRules.Check(scope);
                break;
            case "Parallel" when scope.Node["Branches"] is not { Kind: JsonValueKind.Array } branches || !branches.Items().Any():
                scope.Error("MissingField", scope.Node["Branches"] ?? scope.Node, "A Parallel state needs Branches, an array with one or more state machines.");
                break;
        }
    }

    private static void CheckFields(StateScope scope, string type)
    {
        foreach (var (name, node) in scope.Node.Members())
        {
            if (FieldTable.Allows(type, name, scope.IsJsonata))
            {
                FieldRules.Check(scope, name, node, FieldTable.Kind(name));
            }
            else if (FieldTable.Allows(type, name, !scope.IsJsonata))
            {
                scope.Error(
                    scope.IsJsonata ? "JsonPathInJsonata" : "JsonataInJsonPath", node,
                    $"{name} belongs to {(scope.IsJsonata ? "JSONPath" : "JSONata")}, and this state's query language is {(scope.IsJsonata ? "JSONata" : "JSONPath")}.");
            }
            else
            {
                scope.Error("UnknownField", node, $"A {type} state has no field {name}.");
            }
        }

        foreach (var fields in Exclusive)
        {
            var given = fields.Where(scope.Node.Has).ToList();
            if (given.Count > 1)
            {
                scope.Error("ExclusiveFields", scope.Node[given[1]]!.Value, $"A state has only one of {string.Join(", ", given)}.");
            }
        }
    }

    private static void CheckEnd(StateScope scope, string type)
    {
        if (scope.Node["End"] is { Kind: not (JsonValueKind.True or JsonValueKind.False) } wrong)
        {
            scope.Error("InvalidValue", wrong, "End must be true or false.");
        }

        var (isEnd, next) = (scope.Node["End"]?.Kind == JsonValueKind.True, scope.Node.Has("Next"));
        if (type is not ("Choice" or "Succeed" or "Fail") && isEnd == next)
        {
            scope.Error("MissingTransition", scope.Node, "The state needs either Next or \"End\": true.");
        }
    }

    private static void CheckTask(StateScope scope)
    {
        if (scope.Node["Resource"] is not { } resource)
        {
            scope.Error("MissingField", scope.Node, "A Task state needs Resource.");
        }
        else if (!scope.Report.IsOpen(resource) && ResourceRules.Problem(resource.Text) is { } problem)
        {
            scope.Error("InvalidResource", resource, problem);
        }

        if (scope.Node["HeartbeatSeconds"]?.Number is { } beat && scope.Node["TimeoutSeconds"]?.Number is { } limit && beat >= limit)
        {
            scope.Error("InvalidValue", scope.Node["HeartbeatSeconds"]!.Value, "HeartbeatSeconds must be smaller than TimeoutSeconds.");
        }

        if (scope.Node["Credentials"] is { } credentials && !scope.Report.IsOpen(credentials))
        {
            var names = credentials.Members().Select(m => m.Name).ToList();
            if (names is not (["RoleArn"] or ["RoleArn.$"]) || (names[0] == "RoleArn" && credentials["RoleArn"]?.Text is null))
            {
                scope.Error("InvalidValue", credentials, "Credentials must be an object with RoleArn.");
            }

            FieldRules.Template(scope, credentials);
        }
    }

    private static void CheckWait(StateScope scope)
    {
        string[] fields = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        if (!fields.Any(scope.Node.Has))
        {
            scope.Error("MissingField", scope.Node, scope.IsJsonata ? "A Wait state needs Seconds or Timestamp." : "A Wait state needs Seconds, SecondsPath, Timestamp or TimestampPath.");
        }

        if (scope.Node["Seconds"] is { } seconds)
        {
            FieldRules.Check(scope, "Seconds", seconds, FieldKind.Count);
        }

        if (scope.Node["Timestamp"] is { } timestamp && !scope.Report.IsOpen(timestamp))
        {
            if (timestamp.Text is { } text && scope.IsJsonata && JsonataSyntax.IsExpression(text))
            {
                FieldRules.Template(scope, timestamp);
            }
            else if (timestamp.Text is not { } time || !Timestamps.IsTimestamp(time))
            {
                scope.Error("InvalidValue", timestamp, "Timestamp must be like 2026-01-31T02:00:00Z.");
            }
        }
    }
}
