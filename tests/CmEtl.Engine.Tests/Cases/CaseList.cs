using System.Collections;
using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Collects cases. The tables have one Add per line.</summary>
public sealed class CaseList : IEnumerable<RuleCase>
{
    private readonly List<RuleCase> cases = [];

    public IEnumerator<RuleCase> GetEnumerator() => cases.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A pair that must be confirmed with exactly these rules.</summary>
    public void Holds(string name, int[] rules, Action<VisitBuilder>? first, Action<VisitBuilder>? second,
        params (string, object?)[] columns) =>
        Add(name, w => w.PairAsync(first, second), Outcome.Confirmed, [.. Rules.Only(rules), .. columns]);

    /// <summary>A pair that must stay unchanged and marked.</summary>
    public void Fails(string name, Action<VisitBuilder>? first, Action<VisitBuilder>? second) =>
        Add(name, w => w.PairAsync(first, second), Outcome.Unconfirmed, Rules.Only());

    /// <summary>A pair for which rule 1 holds, with changes to the stored row.</summary>
    public void Row(string name, Action<RowBuilder> row, Outcome outcome, params (string, object?)[] columns) =>
        Add(name, w => w.PairAsync(row: row), outcome, columns);

    public void Add(string name, Func<ScenarioBuilder, Task<StoredPair>> arrange, Outcome outcome, params (string, object?)[] columns) =>
        cases.Add(new RuleCase(name, arrange, outcome, columns));
}
