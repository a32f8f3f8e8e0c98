using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Checks the age of the analytics tables. A run after a failed load would confirm few pairs and leave live conflicts marked, so a start is
/// refused while the tables are older than <see cref="EtlSettings.MaxAnalyticsAgeHours"/>.
/// </summary>
internal sealed class Freshness(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    /// <summary>Name of the finding.</summary>
    public const string Check = "Freshness";

    /// <summary>Time limit of the query in seconds, so that a start does not hang.</summary>
    private const int LimitSeconds = 60;

    /// <summary>Hours by which the load time may lie in the future, because clocks differ and dates have no time.</summary>
    private const double FutureHours = 24;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(5);

    private bool IsDefault => settings.FreshnessQuery.Length == 0;

    /// <summary>One finding about the age of the tables: acceptable, too old or unknown. None when the check is turned off.</summary>
    public async Task<IReadOnlyList<Finding>> CheckAsync(CancellationToken cancel)
    {
        if (settings.MaxAnalyticsAgeHours == 0)
        {
            return [];
        }

        try
        {
            return [Judge(await ReadAsync(cancel))];
        }
        catch (Exception error) when (ErrorClassifier.IsOfServer(error) || error is InvalidCastException or OverflowException)
        {
            // Not the server's own text, which can quote a value.
            return [Unknown($"{Query} failed: {ErrorClassifier.Describe(error)}.")];
        }
    }

    /// <summary>Returns when the tables are fresh, or their age is unknown. Throws when they do not become fresh in time.</summary>
    /// <param name="patience">How long to wait; zero leaves the decision to the preflight.</param>
    /// <param name="cancel">Stops the wait.</param>
    public async Task WaitAsync(TimeSpan patience, CancellationToken cancel)
    {
        if (patience <= TimeSpan.Zero)
        {
            return;
        }

        var start = Stopwatch.GetTimestamp();
        var said = TimeSpan.MinValue;
        while ((await CheckAsync(cancel)).SingleOrDefault() is { Severity: FindingSeverity.Error } finding)
        {
            var waited = Stopwatch.GetElapsedTime(start);
            if (said == TimeSpan.MinValue || (waited - said >= Reminder && waited < patience))
            {
                log.LogWarning("Waiting for fresh analytics for up to {Patience}. {Message}", Text(patience), finding.Message);
                said = waited;
            }

            if (waited >= patience)
            {
                throw new CmEtlException(
                    ErrorKind.Transient, ErrorIds.AnalyticsStale, $"The analytics tables were not fresh after a wait of {Text(patience)}. {finding.Message}", finding.Remedy)
                {
                    Subject = "max_analytics_age_hours",
                };
            }

            var left = patience - waited;
            await Task.Delay(left < Between ? left : Between, cancel);
        }
    }

    private string Query => IsDefault ? "The query that freshness is derived from" : "freshness_query";

    private async Task<(DateTime? Newest, double? Hours, string Type)> ReadAsync(CancellationToken cancel)
    {
        // Uses its own connection without pooling, so that settings changed by the query do not survive. A batch sends one statement, so
        // the text cannot end the transaction and continue. In a read-only transaction a single statement can change nothing.
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync($"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '{LimitSeconds}s'", cancel);
        var text = (IsDefault ? sql["checks/freshness"] : settings.FreshnessQuery).TrimEnd(' ', ';', '\n');
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
            SELECT CASE WHEN isfinite(q.moment) THEN q.moment END, CASE WHEN isfinite(q.moment) THEN extract(epoch FROM clock_timestamp() - q.moment) / 3600 END::double precision,
                   pg_typeof(q.moment)::text, count(*) OVER ()
              FROM (
            {text}
                   ) AS q (moment)
            """));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) && reader.GetInt64(3) == 1
            ? (reader.IsDBNull(0) ? null : reader.GetDateTime(0), reader.IsDBNull(1) ? null : reader.GetDouble(1), reader.GetString(2))
            : (null, null, "");
    }

    private Finding Judge((DateTime? Newest, double? Hours, string Type) found)
    {
        var (newest, hours, type) = found;
        if (type != "timestamp with time zone")
        {
            return Unknown(type.Length == 0 ? $"{Query} does not return exactly one row." : $"{Query} returns {type}, not timestamptz.");
        }

        if (newest is null || hours is null)
        {
            return Unknown($"{Query} returns no time.");
        }

        var moment = string.Create(CultureInfo.InvariantCulture, $"{newest:yyyy-MM-dd HH:mm} UTC");
        if (hours < -FutureHours)
        {
            return Stale(string.Create(CultureInfo.InvariantCulture, $"The load time of the analytics tables, {moment}, is {-hours:F1} h in the future."));
        }

        var message = string.Create(CultureInfo.InvariantCulture, $"The analytics tables are loaded up to {moment}, {Math.Max(0, hours.Value):F1} h ago");
        return hours <= settings.MaxAnalyticsAgeHours
            ? new Finding(FindingSeverity.Information, Check, $"{message}.", "")
            : Stale(string.Create(CultureInfo.InvariantCulture, $"{message}; max_analytics_age_hours allows {settings.MaxAnalyticsAgeHours:0.##}."));
    }

    private static Finding Stale(string message) => new(
        FindingSeverity.Error, Check, message,
        "Load the analytics tables, or let a start wait for them. If their age is acceptable, raise max_analytics_age_hours (0 turns the check off).");

    // A configured query must work. Without one, tables without load stamps are no reason to refuse a run.
    private Finding Unknown(string message) => new(
        IsDefault ? FindingSeverity.Warning : FindingSeverity.Error, Check, $"The age of the analytics tables is unknown. {message}",
        "Set freshness_query to a query that this role may run and that returns one timestamptz within "
        + $"{LimitSeconds} s, or max_analytics_age_hours to 0, which turns the check off.");

    private static string Text(TimeSpan time) => time.ToString(time.TotalDays < 1 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
