using System.Text.Json;
using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Retriers and catchers: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html.</summary>
internal static class RetryRules
{
    private const string All = "States.ALL";
    private const double MostDelay = 31_622_400;

    private static readonly HashSet<string> RetryFields = ["ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy", "Comment"];
    private static readonly HashSet<string> CatchFields = ["ErrorEquals", "Next", "Comment", "Assign"];

    private static readonly HashSet<string> Reserved =
    [
        All, "States.BranchFailed", "States.DataLimitExceeded", "States.ExceedToleratedFailureThreshold", "States.HeartbeatTimeout", "States.Http.Socket",
        "States.IntrinsicFailure", "States.ItemReaderFailed", "States.NoChoiceMatched", "States.ParameterPathFailure", "States.Permissions", "States.QueryEvaluationError",
        "States.ResultPathMatchFailure", "States.ResultWriterFailed", "States.Runtime", "States.TaskFailed", "States.Timeout",
    ];

    public static void Check(StateScope scope)
    {
        foreach (var retrier in Handlers(scope, "Retry", f => RetryFields.Contains(f)))
        {
            CheckRetrier(scope, retrier);
        }

        foreach (var catcher in Handlers(scope, "Catch", f => CatchFields.Contains(f) || f == (scope.IsJsonata ? "Output" : "ResultPath")))
        {
            if (catcher["Next"] is null)
            {
                scope.Error("MissingField", catcher, "A Catch entry needs Next.");
            }

            foreach (var (name, node) in catcher.Members().Where(m => m.Name is "ResultPath" or "Output"))
            {
                FieldRules.Check(scope, name, node, FieldTable.Kind(name));
            }

            AssignRules.Check(scope, catcher);
        }
    }

    private static IEnumerable<AslNode> Handlers(StateScope scope, string field, Func<string, bool> isField)
    {
        if (scope.Node[field] is not { } list)
        {
            yield break;
        }

        if (list.Kind != JsonValueKind.Array)
        {
            scope.Error("InvalidValue", list, $"{field} must be an array.");
            yield break;
        }

        var handlers = list.Items().ToList();
        for (var i = 0; i < handlers.Count; i++)
        {
            if (!handlers[i].IsObject)
            {
                scope.Error("InvalidValue", handlers[i], $"A {field} entry must be an object.");
                continue;
            }

            foreach (var (name, node) in handlers[i].Members().Where(m => !isField(m.Name)))
            {
                scope.Error("UnknownField", node, $"A {field} entry has no field {name}.");
            }

            CheckErrors(scope, field, handlers[i], isLast: i == handlers.Count - 1);
            yield return handlers[i];
        }
    }

    private static void CheckErrors(StateScope scope, string field, AslNode handler, bool isLast)
    {
        var errors = handler["ErrorEquals"]?.Items().ToList() ?? [];
        if (errors.Count == 0 || errors.Exists(e => e.Text is null))
        {
            scope.Error("InvalidErrorEquals", handler["ErrorEquals"] ?? handler, $"A {field} entry needs ErrorEquals, an array of error names.");
            return;
        }

        var names = errors.ConvertAll(e => e.Text!);
        if (names.Contains(All) && (names.Count > 1 || !isLast))
        {
            scope.Error("InvalidErrorEquals", handler["ErrorEquals"]!.Value, $"{All} must be the only error name in ErrorEquals and in the last {field} entry.");
        }

        foreach (var unknown in names.Where(n => n.StartsWith("States.", StringComparison.Ordinal) && !Reserved.Contains(n)))
        {
            scope.Warn("UnknownError", handler["ErrorEquals"]!.Value, $"The error {unknown} does not exist in Step Functions.");
        }
    }

    private static void CheckRetrier(StateScope scope, AslNode retrier)
    {
        Range("IntervalSeconds", 1, 99_999_999, whole: true);
        Range("MaxAttempts", 0, 99_999_999, whole: true);
        Range("BackoffRate", 1, double.MaxValue, whole: false);
        Range("MaxDelaySeconds", 1, MostDelay, whole: true);
        if (retrier["MaxDelaySeconds"]?.Number is { } longest && longest <= (retrier["IntervalSeconds"]?.Number ?? 1))
        {
            scope.Error("InvalidValue", retrier["MaxDelaySeconds"]!.Value, "MaxDelaySeconds must be larger than IntervalSeconds.");
        }

        if (retrier["JitterStrategy"] is { } jitter && jitter.Text is not ("FULL" or "NONE") && !scope.Report.IsOpen(jitter))
        {
            scope.Error("InvalidValue", jitter, "JitterStrategy must be FULL or NONE.");
        }

        void Range(string field, double least, double most, bool whole)
        {
            if (retrier[field] is { } node && !scope.Report.IsOpen(node) && !FieldRules.InRange(node, least, most, whole))
            {
                scope.Error("InvalidValue", node, most == double.MaxValue ? $"{field} must be {least} or greater." : $"{field} must be an integer from {least} to {most}.");
            }
        }
    }
}
