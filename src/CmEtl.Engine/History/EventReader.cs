using Npgsql;

namespace CmEtl.Engine;

/// <summary>Reads the events of the ledger, once or continuously.</summary>
internal sealed class EventReader(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql, Outage outage)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Ids are assigned before the commit, so an event with a lower id can become visible after one with a higher id. Therefore this many
    /// events before the last one are read again.
    /// </summary>
    private const int ReadAgain = 1_000;

    public async Task<IReadOnlyList<EtlEvent>> ReadAsync(EventQuery query, CancellationToken cancel)
    {
        query = await ResolveAsync(query, cancel);
        await using var connection = await database.OpenAsync(cancel);
        return await ReadAsync(connection, query, 0, cancel);
    }

    /// <summary>
    /// Passes each event on once, in the order in which they become visible. Ends when the run has ended. For all runs, it ends only when
    /// canceled.
    /// </summary>
    public async Task FollowAsync(EventQuery query, Action<EtlEvent> write, CancellationToken cancel)
    {
        query = await ResolveAsync(query, cancel);
        var seen = new HashSet<long>();
        for (var ended = false; ; await Task.Delay(Poll, cancel))
        {
            var after = seen.Count == 0 ? 0 : Math.Max(seen.Max() - ReadAgain, 0);
            var events = await outage.RideOutAsync("Events", async c =>
            {
                await using var connection = await database.OpenAsync(c);
                return await ReadAsync(connection, query, after, c);
            }, cancel);
            foreach (var written in events.Where(e => seen.Add(e.EventId)))
            {
                write(written);
            }

            seen.RemoveWhere(id => id <= after);
            if (ended)
            {
                return;
            }

            // Once more after the end, because the last event may have been written between the two queries.
            ended = query.RunId is { } id && !(await outage.RideOutAsync("Events", c => runs.WatchAsync(id, c), cancel)).Running;
        }
    }

    public Task<List<EtlEvent>> ReadAsync(NpgsqlConnection connection, EventQuery query, long after, CancellationToken cancel) =>
        connection.QueryAsync(
        sql["status/events"], Read, cancel, ("conflict_schema", settings.ConflictSchema), ("run_id", query.RunId), ("since", query.Since?.ToUniversalTime()),
        ("chunk_ids", query.ChunkIds.ToArray()), ("after", after));

    private async Task<EventQuery> ResolveAsync(EventQuery query, CancellationToken cancel) =>
        query.RunId is { } named ? query with { RunId = (await runs.ReadAsync(named, cancel)).RunId }
        : query.Since is null ? query with { RunId = await runs.ResolveAsync(null, cancel) }
        : query;

    private static EtlEvent Read(NpgsqlDataReader r) => new()
    {
        EventId = r.Get<long>("event_id"),
        RunId = r.Get<string>("run_id"),
        At = r.Get<DateTimeOffset>("at"),
        ChunkId = r.GetOrNull<int>("chunk_id"),
        Attempt = r.GetOrNull<int>("attempt"),
        Kind = r.Get<string>("kind"),
        Actor = r.Get<string>("actor"),
        Rows = r.GetOrNull<long>("rows"),
        Reason = r.Get<string>("reason"),
    };
}
