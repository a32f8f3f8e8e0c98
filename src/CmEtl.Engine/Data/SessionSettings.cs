using System.Globalization;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The settings that every session has, whatever the role, the database or a pooler says: <c>sql/session/settings.sql</c> lists them with a
/// reason for each. Set once per physical connection, which is not reset when it goes back to the pool.
/// </summary>
internal static class SessionSettings
{
    private static readonly SqlLibrary Library = new(new Dictionary<string, string> { ["session_settings"] = SqlLibrary.File("session/settings") });

    /// <summary>Sets everything in one round trip.</summary>
    /// <param name="connection">A connection that was just made.</param>
    /// <param name="settings">The limits and the time zone.</param>
    /// <param name="statementSeconds">The limit of a statement.</param>
    /// <param name="cancel">Stops the call.</param>
    public static Task PinAsync(NpgsqlConnection connection, EtlSettings settings, int statementSeconds, CancellationToken cancel) =>
        connection.ExecuteAsync(Library["session/pin"], cancel, Values(settings, statementSeconds));

    /// <summary>Settings that are not as <see cref="PinAsync"/> set them, or that only a superuser could have set right.</summary>
    /// <returns>Name, value in force, and the statement that takes back what is stored for the role or database, or an empty
    /// string.</returns>
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
