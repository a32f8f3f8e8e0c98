using System.Globalization;
using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>Formats numbers and times for people, in the same way in every culture.</summary>
internal static class Figures
{
    private static CultureInfo Plain => CultureInfo.InvariantCulture;

    public static string Count(long value) => value.ToString("N0", Plain);

    /// <summary>A number and its noun: 1 chunk, 2 chunks.</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? "" : "s")}";

    /// <summary>A number and a noun with an irregular plural: 1 agency, 2 agencies.</summary>
    public static string Count(long value, string one, string many) => $"{Count(value)} {(value == 1 ? one : many)}";

    public static string Rate(double? perSecond) => perSecond is { } rate ? rate.ToString(rate < 10 ? "N1" : "N0", Plain) : "–";

    /// <summary>A percentage. A part is never rounded to 100 %, and a positive value is never rounded to 0 %.</summary>
    public static string Percent(double part, double whole) => (whole, part / whole * 100) switch
    {
        (<= 0, _) => "–",
        (_, > 0 and < 0.1) => "< 0.1 %",
        (_, > 99.9 and < 100) => "> 99.9 %",
        (_, var share) => share.ToString("0.0", Plain) + " %",
    };

    public static string Dollars(decimal value) =>
        value is > 0 and < 0.0001m ? "< $0.0001" : "$" + value.ToString(value < 1 ? "N4" : "N2", Plain);

    public static string Duration(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalSeconds: < 1 } t => $"{Math.Max(t.TotalMilliseconds, 0).ToString("0", Plain)} ms",
        { TotalSeconds: < 60 } t => $"{t.TotalSeconds.ToString("0.0", Plain)} s",
        { TotalHours: < 1 } t => $"{t.Minutes} min {t.Seconds:00} s",
        { TotalDays: < 2 } t => $"{(int)t.TotalHours} h {t.Minutes:00} min",
        { } t => $"{t.Days} d {t.Hours} h",
    };

    /// <summary>A time in UTC with seconds.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", Plain);

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", Plain);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", Plain);

    /// <summary>The number of rows that a chunk has processed.</summary>
    public static long Rows(ChunkInfo chunk) => chunk.RowsConfirmed + chunk.RowsUnconfirmed + chunk.RowsDeferred;

    public static string Days(ChunkInfo chunk) =>
        chunk.FromDate == chunk.ToDate ? Day(chunk.FromDate) : $"{Day(chunk.FromDate)} – {Day(chunk.ToDate)}";

    public static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
