using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>
/// Features that the interpreter would silently execute wrongly. A machine with one can be deployed here, but not executed.
/// </summary>
internal static class Unsupported
{
    private static readonly string[] Fields =
    [
        "ItemReader", "ItemBatcher", "ResultWriter", "Assign", "HeartbeatSeconds", "HeartbeatSecondsPath", "Output", "Arguments",
    ];

    private static readonly string[] MapFields = ["ItemReader", "ItemBatcher", "ResultWriter"];

    /// <summary>Throws at the first state that cannot be run.</summary>
    /// <param name="machine">The definition, or a part of it.</param>
    /// <param name="outermost">Whether a Distributed Map may be in it.</param>
    public static void Refuse(JsonObject machine, bool outermost = true)
    {
        if ((string?)machine["QueryLanguage"] is { } language && language != "JSONPath")
        {
            throw Fault("the machine", $"QueryLanguage {language}");
        }

        foreach (var (name, node) in machine["States"]!.AsObject())
        {
            var state = node!.AsObject();
            var distributed = DistributedMap.Is(state);
            if (distributed && (outermost ? new DistributedMap(name, state).Unsupported() : "DISTRIBUTED mode in another state") is { } beyond)
            {
                throw Fault(name, beyond);
            }

            var field = Fields.FirstOrDefault(f => state.ContainsKey(f) && !(distributed && MapFields.Contains(f)));
            if (field is not null)
            {
                throw Fault(name, field);
            }

            if ((string?)state["QueryLanguage"] is not (null or "JSONPath"))
            {
                throw Fault(name, "JSONata");
            }

            if ((string?)state["Resource"] is { } resource && resource.Split(':') is not ["arn", _, "lambda", ..])
            {
                throw Fault(name, resource);
            }

            var inner = state["ItemProcessor"] ?? state["Iterator"];
            foreach (var child in (state["Branches"]?.AsArray().ToList() ?? []).Append(inner).OfType<JsonObject>())
            {
                Refuse(child, outermost: false);
            }
        }
    }

    private static ServiceFault Fault(string state, string what) =>
        new("ValidationException", $"This bench cannot run {state}: {what} is beyond its interpreter.");
}
