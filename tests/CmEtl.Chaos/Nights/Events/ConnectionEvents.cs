using CmEtl.Chaos.Network;

namespace CmEtl.Chaos.Nights.Events;

/// <summary>Faults of one connection, or of the server.</summary>
internal static class ConnectionEvents
{
    public static IEnumerable<EventKind> All { get; } =
    [
        new("connection: cut", 4, EventTime.During, (_, _, at) => Do(at, c => c.Cut())),
        new("connection: answer lost", 4, EventTime.During, (_, _, at) => Do(at, c => c.DropReply())),
        new("connection: session terminated", 4, EventTime.During, (n, _, at) => at is null ? Task.CompletedTask : n.DefineAsync(
            $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE client_port = {at.ServerSidePort}")),
        new("connection: all sessions terminated", 2, EventTime.During, (n, _) => n.DefineAsync(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cm_etl'")),
        new("connection: delayed", 3, EventTime.During, (_, e, _) => Task.Delay(e.Milliseconds * 2)),
        new("connection: frozen beyond the lease", 1, EventTime.During, (_, e, _) => Task.Delay(1_100 + (e.Milliseconds * 10))),
        new("caller: cancels", 3, EventTime.During, (n, _) => n.CancelAsync()),
    ];

    /// <summary>Events that affect every world of a server.</summary>
    public static IEnumerable<EventKind> Harsh { get; } =
    [
        new("server: stopped outright and started again", 1, EventTime.During, async (n, _) =>
        {
            await n.Database.Server.Control.StopAsync();
            n.Opened();
            await n.Database.Server.Control.StartAsync();
        }),
    ];

    private static Task Do(ProxiedConnection? connection, Action<ProxiedConnection> action)
    {
        if (connection is not null)
        {
            action(connection);
        }

        return Task.CompletedTask;
    }
}
