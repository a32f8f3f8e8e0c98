using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>
/// Checks a state machine and the state machines inside it:
/// https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html.
/// </summary>
internal sealed class MachineRules(DefinitionReport report)
{
    // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-states.html
    private const int LongestName = 80;

    private static readonly string[] TopFields = ["Comment", "StartAt", "States", "Version", "TimeoutSeconds", "QueryLanguage"];
    private static readonly string[] InnerFields = ["Comment", "StartAt", "States", "ProcessorConfig"];

    private readonly Dictionary<string, string> _names = [];

    public void Check(AslNode root)
    {
        foreach (var (name, node) in root.Members().Where(m => !TopFields.Contains(m.Name)))
        {
            report.Error("UnknownField", "", node, $"A state machine has no field {name}.");
        }

        var scope = new StateScope("", root, QueryLanguage.JsonPath, report);
        if (root["TimeoutSeconds"] is { } timeout)
        {
            FieldRules.Check(scope, "TimeoutSeconds", timeout, FieldKind.Seconds);
        }

        if (root["Version"] is { Text: not "1.0" } version && !report.IsOpen(version))
        {
            report.Error("InvalidValue", "", version, "Version must be \"1.0\".");
        }

        CheckMachine("", root, Language("", root, QueryLanguage.JsonPath, isTop: true));
    }

    private void CheckMachine(string owner, AslNode machine, QueryLanguage language)
    {
        if (machine["Comment"] is { } comment)
        {
            FieldRules.Check(new StateScope(owner, machine, language, report), "Comment", comment, FieldKind.Text);
        }

        if (machine["States"] is not { IsObject: true } states || !states.Members().Any())
        {
            report.Error("MissingField", owner, machine["States"] ?? machine, "The state machine needs States, an object with one or more states.");
            return;
        }

        new StateGraph(report, owner, machine, states).Check();
        foreach (var (name, node) in states.Members())
        {
            CheckName(name, node);
            CheckState(name, node, language);
        }
    }

    private void CheckState(string name, AslNode node, QueryLanguage language)
    {
        if (!node.IsObject)
        {
            report.Error("InvalidValue", name, node, "A state must be an object.");
            return;
        }

        if (node["Type"] is not { Text: { } type } || !FieldTable.IsType(type))
        {
            report.Error("InvalidType", name, node["Type"] ?? node, $"Type must be one of {string.Join(", ", FieldTable.TypeNames)}.");
            return;
        }

        var scope = new StateScope(name, node, Language(name, node, language, isTop: false), report);
        StateRules.Check(scope, type);
        HouseRules.Check(scope, type);
        foreach (var inner in StateGraph.Machines(node))
        {
            if (!inner.IsObject)
            {
                report.Error("InvalidValue", name, inner, "A state machine must be an object.");
                continue;
            }

            foreach (var (field, member) in inner.Members().Where(m => !InnerFields.Contains(m.Name)))
            {
                report.Error("UnknownField", name, member, $"A state machine inside a state has no field {field}.");
            }

            // Nested states inherit the language of the whole machine, not that of the enclosing state.
            CheckMachine(name, inner, language);
        }
    }

    private void CheckName(string name, AslNode node)
    {
        if (name.Length is 0 or > LongestName)
        {
            report.Error("InvalidName", name, node, $"A state's name must have 1 to {LongestName} characters; this one has {name.Length}.");
        }

        if (!_names.TryAdd(name, node.Path))
        {
            report.Error("RepeatedName", name, node, $"Another state has the same name: {_names[name]}.");
        }
    }

    private QueryLanguage Language(string state, AslNode node, QueryLanguage inherited, bool isTop)
    {
        if (node["QueryLanguage"] is not { } language || report.IsOpen(language))
        {
            return inherited;
        }

        if (language.Text is not ("JSONPath" or "JSONata"))
        {
            report.Error("InvalidValue", state, language, "QueryLanguage must be JSONPath or JSONata.");
            return inherited;
        }

        if (!isTop && inherited == QueryLanguage.Jsonata && language.Text == "JSONPath")
        {
            report.Error("InvalidValue", state, language, "A state of a JSONata state machine cannot use JSONPath.");
        }

        return language.Text == "JSONata" ? QueryLanguage.Jsonata : QueryLanguage.JsonPath;
    }
}
