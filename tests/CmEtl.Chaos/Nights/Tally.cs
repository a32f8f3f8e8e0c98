using System.Collections.Concurrent;
using System.Globalization;

namespace CmEtl.Chaos.Nights;

/// <summary>Counts of the events in all nights, and of the outcomes.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> _happened = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _missed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _red = new(StringComparer.Ordinal);
    private int _nights;
    private int _first;
    private int _later;
    private int _never;
    private int _false;
    private int _faults;

    public int Nights => _nights;

    public int FalseGreens => _false;

    /// <summary>Worlds that the harness itself could not finish.</summary>
    public int Faults => _faults;

    /// <summary>Share of nights that ended in success.</summary>
    public double GreenShare => _nights == 0 ? 0 : (double)(_first + _later) / _nights;

    public void Night() => Interlocked.Increment(ref _nights);

    public void Green(int start) => Interlocked.Increment(ref start == 1 ? ref _first : ref _later);

    public void NeverGreen() => Interlocked.Increment(ref _never);

    public void FalseGreen() => Interlocked.Increment(ref _false);

    public void Fault() => Interlocked.Increment(ref _faults);

    public void Red(string reason) => Add(_red, reason.Length == 0 ? "another run was begun" : reason);

    public void Happened(string kind) => Add(_happened, kind);

    public void Missed(string kind) => Add(_missed, kind);

    public void Refused(string kind, string why) => Add(_refused, $"{kind}: {why}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {_nights} nights: {_first} green at the first start, {_later} after a repair, {_never} never; {_false} false greens, {_faults} faults of the harness
        starts that ended red: {List(_red)}
        events: {List(_happened)}
        events refused: {List(_refused)}
        events whose point the night did not reach: {List(_missed)}
        """);

    private static void Add(ConcurrentDictionary<string, int> counts, string key) => counts.AddOrUpdate(key, 1, (_, n) => n + 1);

    private static string List(ConcurrentDictionary<string, int> counts) =>
        string.Join(", ", counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"));
}
