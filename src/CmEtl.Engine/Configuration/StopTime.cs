using System.Globalization;

namespace CmEtl.Engine;

/// <summary>
/// The setting stop_at: a time of day such as 06:00, which means the next such time, or a date and time. Without Z or an offset from UTC it
/// is the local time of the machine that leads the run.
/// </summary>
public static class StopTime
{
    /// <summary>The allowed values in words, for errors and documentation.</summary>
    internal const string Allowed = "a time of day, or a date and time: 06:00, 06:00Z or 2026-11-30T06:00+02:00";

    private static readonly string[] Times = ["H:mm", "H:mm:ss"];
    private static readonly string[] Moments = ["yyyy-MM-ddTH:mm", "yyyy-MM-ddTH:mm:ss", "yyyy-MM-ddTH:mm:ss.FFFFFFF", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss"];

    /// <summary>Whether the text is a valid time.</summary>
    public static bool IsValid(string text) => Parse(text, DateTimeOffset.UnixEpoch) is not null;

    /// <summary>The time that the text stands for; null when it is invalid.</summary>
    /// <param name="text">The value of the setting.</param>
    /// <param name="now">The current time. A time of day is the next such time after it.</param>
    public static DateTimeOffset? Next(string text, DateTimeOffset now) => Parse(text, now);

    /// <summary>
    /// How long from <paramref name="now"/> a run may start chunks, according to stop_at and stop_after_minutes; null when neither is set.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="now">The current time of the database clock.</param>
    /// <exception cref="CmEtlException">stop_at is in the past.</exception>
    internal static TimeSpan? Left(EtlSettings settings, DateTimeOffset now)
    {
        TimeSpan? at = settings.StopAt.Length > 0 ? Parse(settings.StopAt, now) - now : null;
        if (at <= TimeSpan.Zero)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidSettings, $"stop_at = {settings.StopAt} is in the past.",
                "Set a later time, or a time of day such as 06:00. Nothing was started.") { Subject = "stop_at" };
        }

        TimeSpan? after = settings.StopAfterMinutes > 0 ? TimeSpan.FromMinutes(settings.StopAfterMinutes) : null;
        return at < after || after is null ? at : after;
    }

    private static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        var (clock, offset) = Split(text);
        if (DateTime.TryParseExact(clock, Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return At(moment, offset);
        }

        if (!DateTime.TryParseExact(clock, Times, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var time))
        {
            return null;
        }

        var today = (offset is { } zone ? now.ToOffset(zone) : now.ToLocalTime()).Date;
        var next = At(today + time.TimeOfDay, offset);
        return next > now ? next : At(today.AddDays(1) + time.TimeOfDay, offset);
    }

    // A time that is skipped by a change to daylight saving time is read with the offset before the change.
    private static DateTimeOffset At(DateTime moment, TimeSpan? offset) => new(moment, offset ?? TimeZoneInfo.Local.GetUtcOffset(moment));

    private static (string Clock, TimeSpan? Offset) Split(string text)
    {
        if (text.EndsWith('Z'))
        {
            return (text[..^1], TimeSpan.Zero);
        }

        var sign = text.Length - 6;
        return sign > 0 && text[sign] is '+' or '-'
            && TimeSpan.TryParseExact(text[(sign + 1)..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset) && offset.TotalHours <= 14
                ? (text[..sign], text[sign] == '-' ? -offset : offset)
                : (text, null);
    }
}
