using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Creates the indexes that the statements of a run need for look-ups (<c>sql/indexes/recommended.sql</c>). They are built concurrently, on
/// tables that do not belong to CmEtl, so this needs the rights of the tables' owner and none on the ledger.
/// </summary>
internal sealed class IndexBuilder(EtlSettings settings, SqlLibrary sql, ILogger log)
{
    /// <summary>The statements that create the missing indexes, in order; empty when none is missing.</summary>
    public Task<List<IndexStep>> StepsAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.QueryAsync(
        sql["indexes/recommended"],
        r => new IndexStep(
            r.Get<string>("name"), r.Get<string>("statement"), r.Get<string>("relation"), r.Get<string>("owner"), r.Get<bool>("owned"),
            r.Get<bool>("may_create"), r.Get<bool>("broken")),
        cancel, ("conflict", settings.ConflictSchema), ("analytics", settings.AnalyticsSchema));

    /// <summary>Creates the indexes that the role may create. For the others it throws one error at the end.</summary>
    /// <returns>The names of the indexes that were created.</returns>
    public async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // CREATE INDEX CONCURRENTLY cannot run in a transaction and may take long on a large table.
        await connection.ExecuteAsync($"SET statement_timeout = 0; SET lock_timeout = '{settings.LockTimeoutSeconds}s'", cancel);
        var indexes = (await StepsAsync(connection, cancel)).GroupBy(s => s.Index).ToList();
        var created = new List<string>();
        foreach (var index in indexes.Where(i => i.All(s => s.Allowed)))
        {
            log.LogInformation("Index {Index} is being created", index.Key);
            foreach (var step in index)
            {
                await using var command = connection.Command(step.Statement);
                command.CommandTimeout = 0;
                await command.ExecuteNonQueryAsync(cancel);
            }

            log.LogInformation("Index {Index} created", index.Key);
            created.Add(index.Key);
        }

        var refused = indexes.SelectMany(i => i).Where(s => !s.Allowed).DistinctBy(s => s.Relation).ToList();
        return refused.Count == 0 ? created : throw new CmEtlException(
            ErrorKind.Configuration, ErrorIds.IndexNotOwned,
            $"An index can only be created by the owner of its table, who also needs CREATE on the schema: "
            + $"{string.Join(", ", refused.Select(s => $"{s.Relation} belongs to {s.Owner}"))}."
            + (created.Count == 0 ? "" : $" Created: {string.Join(", ", created)}."),
            $"Create them as {string.Join(", then as ", refused.Select(s => s.Owner).Distinct())}."
            + (refused.Any(s => s.Owned) ? " If the owner lacks CREATE on the schema, run GRANT CREATE ON SCHEMA first." : "")) { Subject = refused[0].Relation };
    }
}
