using System.Data.Common;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Converts a connection string of Npgsql (https://www.npgsql.org/doc/connection-string-parameters.html) to settings. Only keywords for the
/// server, the database and the login are allowed. The engine sets the others itself, and some of them, such as <c>Include Error
/// Detail</c>, would put rows into messages.
/// </summary>
public static class ConnectionString
{
    /// <summary>The supported keywords.</summary>
    public const string Allowed = "Host, Port, Database, Username, Password, SSL Mode, Root Certificate, Timezone and Timeout";

    private const string Remedy = $"Use the form Host=...;Database=...;Username=... with the keywords {Allowed}. Put a password that contains ; or = in quotes.";

    /// <summary>Returns the settings by name, in the form that <see cref="SettingsLoader"/> takes.</summary>
    /// <exception cref="CmEtlException">The connection string is malformed or contains an unsupported keyword. The message repeats no
    /// value, because it may be the password.</exception>
    public static Dictionary<string, object?> Parse(string text)
    {
        // An address would be split at its first =, and the part before that can contain the password.
        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw Refuse("it is an address (URI)");
        }

        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw Refuse("it is not a list of name=value pairs");
        }

        var settings = new Dictionary<string, object?>();
        foreach (string name in parts.Keys)
        {
            var setting = Setting(name) ?? throw Refuse(Describe(name));
            var value = (string)parts[name];
            if (!settings.TryAdd(setting, setting == "ssl_mode" ? SslMode(value) : value))
            {
                throw Refuse($"it sets {setting} twice");
            }
        }

        return settings;
    }

    private static string? Setting(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() switch
    {
        "host" or "server" => "host",
        "port" => "port",
        "database" or "db" => "database",
        "username" or "user" or "userid" or "uid" => "user",
        "password" or "pwd" or "psw" => "password",
        "sslmode" => "ssl_mode",
        "rootcertificate" => "root_certificate",
        "timezone" => "session_time_zone",
        "timeout" => "connect_timeout_seconds",
        _ => null,
    };

    // Npgsql writes VerifyFull, libpq writes verify-full.
    private static string SslMode(string value) => value.ToLowerInvariant() switch
    {
        "verifyca" => "verify-ca",
        "verifyfull" => "verify-full",
        _ => value,
    };

    // A name that the driver does not know may be part of a password that contains a semicolon.
    private static string Describe(string name) => new NpgsqlConnectionStringBuilder().ContainsKey(name)
        ? $"the keyword {name} is not supported, because CmEtl sets it itself"
        : "it contains an unknown keyword, which is not shown here because it may be part of the password";

    private static CmEtlException Refuse(string problem) =>
        new(ErrorKind.Configuration, ErrorIds.InvalidConnectionString, $"The connection string is invalid: {problem}.", Remedy) { Subject = "ConnectionString" };
}
