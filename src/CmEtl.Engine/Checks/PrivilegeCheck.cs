namespace CmEtl.Engine;

/// <summary>What this role may do, against what the pipeline does.</summary>
internal static class PrivilegeCheck
{
    /// <returns>Whether all schemas are open to the role: one that is closed cannot be checked any further.</returns>
    public static async Task<bool> SchemasAsync(CheckContext context, CancellationToken cancel)
    {
        var closed = await context.ReadAsync("checks/schemas", r => (Schema: r.Get<string>("name"), Role: r.Get<string>("role")), cancel);
        foreach (var (schema, role) in closed)
        {
            context.Error("Privileges", $"This role may not USE schema {schema}.", $"GRANT USAGE ON SCHEMA {schema} TO {role};");
        }

        return closed.Count == 0;
    }

    /// <returns>Whether everything may at least be read.</returns>
    public static async Task<bool> TablesAsync(CheckContext context, CancellationToken cancel)
    {
        var missing = await context.ReadAsync(
            "checks/privileges", r => (Relation: r.Get<string>("relation"), Privilege: r.Get<string>("privilege"), Role: r.Get<string>("role")), cancel);
        foreach (var (relation, privilege, role) in missing)
        {
            context.Error("Privileges", $"This role may not {privilege} {relation}.", $"GRANT {privilege} ON {relation} TO {role};");
        }

        return missing.All(m => m.Privilege != "SELECT");
    }

    public static async Task SequencesAsync(CheckContext context, CancellationToken cancel)
    {
        foreach (var s in await context.ReadAsync(
            "checks/sequences",
            r => (Sequence: r.Get<string>("sequence"), Literal: r.Get<string>("literal"), Table: r.Get<string>("reminders"), Role: r.Get<string>("role"),
                Usable: r.Get<bool>("usable"), Readable: r.Get<bool>("readable")),
            cancel))
        {
            if (!s.Usable)
            {
                context.Error("Privileges", $"This role may not USE {s.Sequence}.", $"GRANT USAGE, SELECT ON SEQUENCE {s.Sequence} TO {s.Role};");
            }

            if (!s.Readable)
            {
                continue;
            }

            var (next, last, behind) = (await context.Connection.QueryAsync(
                context.Sql.With(new Dictionary<string, string> { ["sequence"] = s.Sequence })["checks/sequence_position"],
                r => (r.Get<long>("next_id"), r.Get<string>("last_id"), r.Get<bool>("behind")), cancel)).Single();
            if (behind)
            {
                context.Error(
                    "Sequences", $"{s.Sequence} would give ID {next} next, but payer_provider_reminders goes up to {last}: new reminders would collide.",
                    $"SELECT setval({s.Literal}, (SELECT max(\"ID\") FROM {s.Table})::bigint);");
            }
        }
    }
}
