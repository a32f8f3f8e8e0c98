namespace CmEtl.Engine;

/// <summary>The server: its version, whether it is writable, and how many connections are free.</summary>
internal static class ServerCheck
{
    /// <summary>The first version with client_connection_check_interval, which ends the query of a dead worker.</summary>
    private const int LeastServerVersion = 140_000;

    /// <summary>
    /// Connections of a run in addition to those of its workers: one to lead it, one to sample the server, one to read its status.
    /// </summary>
    private const int ConnectionsBesides = 3;

    public static async Task RunAsync(CheckContext context, CancellationToken cancel)
    {
        var settings = context.Settings;
        var (version, replica, readOnly) = (await context.ReadAsync(
            "checks/server", r => (r.Get<int>("version"), r.Get<bool>("replica"), r.Get<bool>("read_only")), cancel)).Single();
        if (version < LeastServerVersion)
        {
            context.Error("Server version", $"The server is PostgreSQL {version / 10_000}.", "PostgreSQL 14 or newer is needed.");
        }
        else
        {
            context.Info("Connection", $"PostgreSQL {version / 10_000}.{version % 10_000}, session time zone {settings.SessionTimeZone}.");
        }

        if (replica)
        {
            context.Error("Server role", "The server is a read-only replica.", "Connect to the primary.");
        }
        else if (readOnly)
        {
            context.Error(
                "Server role", "The server is read-only: default_transaction_read_only is on in its configuration, as after a failover or for a full disk.",
                "ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf();  -- once the reason is gone");
        }

        var free = (await context.ReadAsync("checks/connections", r => r.Get<int>("free"), cancel)).Single();
        if (free < settings.MaxConcurrency + ConnectionsBesides)
        {
            context.Warn(
                "Connections", $"A run with {settings.MaxConcurrency} workers takes up to {settings.MaxConcurrency + ConnectionsBesides} connections; {free} are free.",
                $"Set max_concurrency to {Math.Max(1, free - ConnectionsBesides)}, or allow more. More workers than the server has processors gain nothing.");
        }
    }
}
