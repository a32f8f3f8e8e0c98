using System.Text.Json;
using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>
/// Map states: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html and
/// https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html.
/// </summary>
internal static class MapRules
{
    private const int LongestLabel = 40;

    private static readonly string[] DistributedOnly = ["ItemReader", "ItemBatcher", "ResultWriter", "Label", "ToleratedFailureCount", "ToleratedFailurePercentage", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath"];

    public static void Check(StateScope scope)
    {
        var node = scope.Node;
        if (node.Has("ItemProcessor") == node.Has("Iterator"))
        {
            scope.Error("MissingField", node, "A Map state needs either ItemProcessor or the older Iterator, but not both.");
        }

        if (node.Has("Parameters") && node.Has("ItemSelector"))
        {
            scope.Error("ExclusiveFields", node["Parameters"]!.Value, "A Map state has either ItemSelector or the older Parameters.");
        }

        var isDistributed = CheckProcessor(scope);
        foreach (var field in DistributedOnly.Where(f => !isDistributed && node.Has(f)))
        {
            scope.Warn("DistributedOnly", node[field]!.Value, $"{field} needs \"ProcessorConfig\": {{ \"Mode\": \"DISTRIBUTED\" }} in ItemProcessor.");
        }

        if (node["Label"] is { } label && !scope.Report.IsOpen(label)
            && (label.Text is not { Length: > 0 and <= LongestLabel } text || text.IndexOfAny(
                [' ', '?', '*', '<', '>', '{', '}', '[', ']', ':', ';', ',', '\\', '|', '^', '~', '$', '#', '%', '&', '`', '"']) >= 0))
        {
            scope.Error("InvalidValue", label, $"Label must have 1 to {LongestLabel} characters, without spaces, wildcards or brackets.");
        }

        if (node["Items"] is { } items)
        {
            if (items.Kind is not (JsonValueKind.Array or JsonValueKind.Object) && !scope.Report.IsOpen(items)
                && (items.Text is not { } text2 || !JsonataSyntax.IsExpression(text2)))
            {
                scope.Error("InvalidValue", items, "Items must be an array, an object or a JSONata expression.");
            }

            FieldRules.Template(scope, items);
        }

        CheckBatcher(scope);
        if (node["ItemReader"]?["ReaderConfig"] is { } reader && reader.Has("MaxItems") && reader.Has("MaxItemsPath"))
        {
            scope.Error("ExclusiveFields", reader, "ReaderConfig has either MaxItems or MaxItemsPath.");
        }

        CheckService(scope, "ItemReader");
        CheckService(scope, "ResultWriter");
    }

    private static bool CheckProcessor(StateScope scope)
    {
        if (scope.Node["ItemProcessor"]?["ProcessorConfig"] is not { } config)
        {
            return false;
        }

        foreach (var (name, member) in config.Members().Where(m => m.Name is not ("Mode" or "ExecutionType")))
        {
            scope.Error("UnknownField", member, $"ProcessorConfig has no field {name}.");
        }

        var (mode, type) = (config["Mode"], config["ExecutionType"]);
        if (mode is { } m && m.Text is not ("INLINE" or "DISTRIBUTED") && !scope.Report.IsOpen(m))
        {
            scope.Error("InvalidValue", m, "Mode must be INLINE or DISTRIBUTED.");
        }

        if (type is { } t && t.Text is not ("STANDARD" or "EXPRESS") && !scope.Report.IsOpen(t))
        {
            scope.Error("InvalidValue", t, "ExecutionType must be STANDARD or EXPRESS.");
        }

        var isDistributed = mode?.Text == "DISTRIBUTED" || (mode is { } open && scope.Report.IsOpen(open));
        if (isDistributed && type is null)
        {
            scope.Error("MissingField", config, "A DISTRIBUTED Map needs ExecutionType.");
        }

        return isDistributed;
    }

    private static void CheckBatcher(StateScope scope)
    {
        if (scope.Node["ItemBatcher"] is not { } batcher)
        {
            return;
        }

        string[] limits = ["MaxItemsPerBatch", "MaxInputBytesPerBatch"];
        if (limits.All(l => !batcher.Has(l) && !batcher.Has(l + "Path")))
        {
            scope.Error("MissingField", batcher, "ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch.");
        }

        foreach (var limit in limits)
        {
            if (batcher.Has(limit) && batcher.Has(limit + "Path"))
            {
                scope.Error("ExclusiveFields", batcher, $"ItemBatcher has either {limit} or {limit}Path.");
            }

            if (batcher[limit] is { } count)
            {
                FieldRules.Check(scope, limit, count, FieldKind.Count);
            }

            if (batcher[limit + "Path"] is { } path)
            {
                FieldRules.Check(scope, limit + "Path", path, FieldKind.Reference);
            }
        }

        if (batcher["BatchInput"] is { } input)
        {
            FieldRules.Template(scope, input);
        }
    }

    private static void CheckService(StateScope scope, string field)
    {
        if (scope.Node[field] is not { } service)
        {
            return;
        }

        if (!service.IsObject)
        {
            scope.Error("InvalidValue", service, $"{field} must be an object.");
            return;
        }

        if (!service.Has("Resource") && (field == "ItemReader" || !service.Has("WriterConfig")))
        {
            scope.Error("MissingField", service, $"{field} needs Resource.");
        }

        var wrong = scope.IsJsonata ? "Parameters" : "Arguments";
        if (service[wrong] is { } misplaced)
        {
            scope.Error(scope.IsJsonata ? "JsonPathInJsonata" : "JsonataInJsonPath", misplaced, $"{field} of this query language takes {(scope.IsJsonata ? "Arguments" : "Parameters")}.");
        }

        if (service[scope.IsJsonata ? "Arguments" : "Parameters"] is { } arguments)
        {
            FieldRules.Template(scope, arguments);
        }
    }
}
