using System.Data.Common;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// A connection string of Npgsql (https://www.npgsql.org/doc/connection-string-parameters.html) as settings. Only what says where to and as
/// whom is taken: the rest is the engine's own to pin, and some of it, like <c>Include Error Detail</c>, would put rows into messages.
/// </summary>
public static class ConnectionString
{
    /// <summary>The names that are taken.</summary>
    public const string Allowed = "Host, Port, Database, Username, Password, SSL Mode, Root Certificate, Timezone and Timeout";

    private const string Remedy = $"Write Host=...;Database=...;Username=...; allowed are {Allowed}. A password with ; or = in it has to be in quotes.";

    /// <summary>The settings by name, as <see cref="SettingsLoader"/> takes them.</summary>
    /// <exception cref="CmEtlException">It is none, or has more in it than where and who. No value of it is repeated: one may be the
    /// password.</exception>
    public static Dictionary<string, object?> Parse(string text)
    {
        // An address would be taken apart at its first =, and the part before that can have the password in it.
        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw Refuse("it is an address");
        }

        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            throw Refuse("it is no list of name=value");
        }

        var settings = new Dictionary<string, object?>();
        foreach (string name in parts.Keys)
        {
            var setting = Setting(name) ?? throw Refuse(Describe(name));
            var value = (string)parts[name];
            if (!settings.TryAdd(setting, setting == "ssl_mode" ? SslMode(value) : value))
            {
                throw Refuse($"it says twice what {setting} is");
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

    // Npgsql writes VerifyFull, libpq verify-full.
    private static string SslMode(string value) => value.ToLowerInvariant() switch
    {
        "verifyca" => "verify-ca",
        "verifyfull" => "verify-full",
        _ => value,
    };

    // What is no name of the driver may be a piece of a password that has a semicolon in it.
    private static string Describe(string name) => new NpgsqlConnectionStringBuilder().ContainsKey(name)
        ? $"{name} is not taken: CmEtl sets it itself"
        : "a name in it is unknown; it is not repeated, for it may be a piece of the password";

    private static CmEtlException Refuse(string problem) =>
        new(ErrorKind.Configuration, ErrorIds.InvalidConnectionString, $"The connection string is not usable: {problem}.", Remedy) { Subject = "ConnectionString" };
}
