using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>What the interpreter would run wrongly without a word. Such a machine can be deployed here, but not executed.</summary>
internal static class Unsupported
{
    private static readonly string[] Fields =
    [
        "ItemReader", "ItemBatcher", "ResultWriter", "Assign", "HeartbeatSeconds", "HeartbeatSecondsPath", "Output", "Arguments",
    ];

    /// <summary>Throws at the first state that cannot be run.</summary>
    public static void Refuse(JsonObject machine)
    {
        if ((string?)machine["QueryLanguage"] is { } language && language != "JSONPath")
        {
            throw Fault("the machine", $"QueryLanguage {language}");
        }

        foreach (var (name, node) in machine["States"]!.AsObject())
        {
            var state = node!.AsObject();
            var field = Fields.FirstOrDefault(state.ContainsKey);
            if (field is not null)
            {
                throw Fault(name, field);
            }

            if ((string?)state["QueryLanguage"] is not (null or "JSONPath"))
            {
                throw Fault(name, "JSONata");
            }

            if ((string?)state["Resource"] is { } resource && !resource.StartsWith("arn:aws:lambda:", StringComparison.Ordinal))
            {
                throw Fault(name, resource);
            }

            var inner = state["ItemProcessor"] ?? state["Iterator"];
            if ((string?)inner?["ProcessorConfig"]?["Mode"] == "DISTRIBUTED")
            {
                throw Fault(name, "DISTRIBUTED mode");
            }

            foreach (var child in (state["Branches"]?.AsArray().ToList() ?? []).Append(inner).OfType<JsonObject>())
            {
                Refuse(child);
            }
        }
    }

    private static ServiceFault Fault(string state, string what) =>
        new("ValidationException", $"This bench cannot run {state}: {what} is beyond its interpreter.");
}
