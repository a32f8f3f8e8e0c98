using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace CmEtl.Chaos.Privacy;

/// <summary>All texts that were collected, their sources, and the SSNs that they contain.</summary>
internal sealed partial class Heard(IReadOnlySet<string> ssns)
{
    private readonly ConcurrentQueue<(string Where, string Text)> _texts = new();

    public int Count => _texts.Count;

    /// <summary>The sources with an SSN and the number of SSNs, without repeating them.</summary>
    public IReadOnlyList<string> Leaks =>
        [.. _texts.GroupBy(t => t.Where, t => SsnsIn(t.Text)).Where(g => g.Sum() > 0).Select(g => $"{g.Key}: {g.Sum()}")];

    public void Add(string where, string? text) => _texts.Enqueue((where, text ?? ""));

    /// <summary>Whether the source has any text.</summary>
    public bool From(string where) => _texts.Any(t => t.Where == where && t.Text.Length > 0);

    private int SsnsIn(string text) => Digits().Matches(text.Replace("-", "", StringComparison.Ordinal)).Sum(run =>
        Enumerable.Range(0, run.Length - Length + 1).Count(i => ssns.Contains(run.Value.Substring(i, Length))));

    private const int Length = 9;

    // Some stored SSNs have a quote among their digits.
    [GeneratedRegex("[0-9][0-9']{8,}")]
    private static partial Regex Digits();
}
