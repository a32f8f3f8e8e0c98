using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>A time at which the whole run stopped or continued.</summary>
internal sealed record RunMark(DateTimeOffset At, bool Stop, string Text)
{
    public string Class => Stop ? "stop" : "resume";

    public static RunMark? From(EtlEvent written) => written.ChunkId is not null ? null : written.Kind switch
    {
        "run stopped" or "run timedout" or "run failed" or "run abandoned" or "run suspended" => Of(written, stop: true),
        "run resumed" or "run continued" => Of(written, stop: false),
        _ => null,
    };

    private static RunMark Of(EtlEvent written, bool stop) => new(
        written.At, stop, $"{Figures.Clock(written.At)} {written.Kind}{(written.Reason.Length > 0 ? $": {written.Reason}" : "")}");
}
