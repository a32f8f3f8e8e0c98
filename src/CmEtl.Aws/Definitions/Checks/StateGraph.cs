using System.Text.Json;
using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Checks the transitions of a state machine.</summary>
internal sealed class StateGraph(DefinitionReport report, string owner, AslNode machine, AslNode states)
{
    /// <summary>The state machines inside a state.</summary>
    public static IEnumerable<AslNode> Machines(AslNode state) =>
        new[] { state["ItemProcessor"], state["Iterator"] }.OfType<AslNode>().Concat(state["Branches"]?.Items() ?? []);

    /// <summary>Finds missing targets, unreachable states, and state machines that never end.</summary>
    public void Check()
    {
        if (machine["StartAt"] is not { } start)
        {
            report.Error("MissingField", owner, machine, "The state machine needs StartAt.");
            return;
        }

        if (report.IsOpen(start))
        {
            return;
        }

        var all = states.Members().ToDictionary(m => m.Name, m => m.Node);
        var reached = new HashSet<string>();
        var ends = false;
        // Not recursive, because a long chain of states would overflow the stack.
        var ahead = new Queue<(string From, string Field, AslNode Target)>([(owner, "StartAt", start)]);
        var isOpen = false;
        while (ahead.TryDequeue(out var step))
        {
            if (report.IsOpen(step.Target))
            {
                isOpen = true;
            }
            else if (step.Target.Text is not { } name || !all.TryGetValue(name, out var state))
            {
                report.Error("UnknownTarget", step.From, step.Target, $"{step.Field} names '{step.Target.Text ?? step.Target.Value.ToString()}', which is not a state of this state machine.");
            }
            else if (reached.Add(name))
            {
                var targets = Targets(state).ToList();
                // A missing transition has its own finding.
                ends |= targets.Count == 0 || state["Type"]?.Text is "Succeed" or "Fail" || state["End"]?.Kind == JsonValueKind.True;
                foreach (var (field, target) in targets)
                {
                    ahead.Enqueue((name, field, target));
                }
            }
        }

        foreach (var (name, node) in all.Where(s => !isOpen && !reached.Contains(s.Key)))
        {
            report.Error("Unreachable", name, node, "No state leads to this state.");
        }

        if (!ends && !isOpen && reached.Count == all.Count)
        {
            report.Error("NoEnd", owner, states, "No state ends the state machine.");
        }
    }

    private static IEnumerable<(string Field, AslNode Target)> Targets(AslNode state) =>
        [
            .. One(state, "Next"), .. One(state, "Default"),
            .. (state["Choices"]?.Items() ?? []).SelectMany(c => One(c, "Next")), .. (state["Catch"]?.Items() ?? []).SelectMany(c => One(c, "Next")),
        ];

    private static IEnumerable<(string Field, AslNode Target)> One(AslNode from, string field) =>
        from[field] is { } target ? [(field, target)] : [];
}
