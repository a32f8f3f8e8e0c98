using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace CmEtl.Chaos.Privacy;

/// <summary>Everything that was said, by whom, and whose SSN is in it.</summary>
internal sealed partial class Heard(IReadOnlySet<string> ssns)
{
    private readonly ConcurrentQueue<(string Where, string Text)> _texts = new();

    public int Count => _texts.Count;

    /// <summary>The places with an SSN, each with how many. It does not repeat them.</summary>
    public IReadOnlyList<string> Leaks =>
        [.. _texts.GroupBy(t => t.Where, t => SsnsIn(t.Text)).Where(g => g.Sum() > 0).Select(g => $"{g.Key}: {g.Sum()}")];

    public void Add(string where, string? text) => _texts.Enqueue((where, text ?? ""));

    /// <summary>Whether anything was heard there.</summary>
    public bool From(string where) => _texts.Any(t => t.Where == where && t.Text.Length > 0);

    private int SsnsIn(string text) => Digits().Matches(text.Replace("-", "", StringComparison.Ordinal)).Sum(run =>
        Enumerable.Range(0, run.Length - Length + 1).Count(i => ssns.Contains(run.Value.Substring(i, Length))));

    private const int Length = 9;

    // One sort of stored SSN has a quote amid its digits.
    [GeneratedRegex("[0-9][0-9']{8,}")]
    private static partial Regex Digits();
}
