using System.Globalization;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The settings of every session, whatever the role, the database or a pooler specify. <c>sql/session/settings.sql</c> lists them with a
/// reason for each. They are set once per physical connection, which is not reset when it returns to the pool.
/// </summary>
internal static class SessionSettings
{
    private static readonly SqlLibrary Library = new(new Dictionary<string, string> { ["session_settings"] = SqlLibrary.File("session/settings") });

    /// <summary>Sets all of them in one round trip.</summary>
    /// <param name="connection">A new connection.</param>
    /// <param name="settings">Time limits and time zone.</param>
    /// <param name="statementSeconds">Statement timeout in seconds.</param>
    /// <param name="cancel">Stops the call.</param>
    public static Task PinAsync(NpgsqlConnection connection, EtlSettings settings, int statementSeconds, CancellationToken cancel) =>
        connection.ExecuteAsync(Library["session/pin"], cancel, Values(settings, statementSeconds));

    /// <summary>Returns settings that differ from what <see cref="PinAsync"/> set, or that only a superuser could have set.</summary>
    /// <returns>Name, current value, and the statement that removes the value stored for the role or database, or an empty text.</returns>
    public static Task<List<(string Name, string Value, string Remedy)>> DifferencesAsync(
        NpgsqlConnection connection, EtlSettings settings, CancellationToken cancel) => connection.QueryAsync(
            Library["session/check"], r => (r.Get<string>("name"), r.Get<string>("value"), r.Get<string>("remedy")), cancel,
            Values(settings, settings.ChunkTimeoutSeconds));

    private static (string, object?)[] Values(EtlSettings settings, int statementSeconds) =>
    [
        ("session_time_zone", settings.SessionTimeZone), ("statement_timeout", Milliseconds(statementSeconds)),
        ("lock_timeout", Milliseconds(settings.LockTimeoutSeconds)), ("idle_timeout", Milliseconds(settings.LeaseSeconds * 2)),
    ];

    private static string Milliseconds(int seconds) => (seconds * 1_000L).ToString(CultureInfo.InvariantCulture);
}
