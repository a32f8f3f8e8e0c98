namespace CmEtl.Engine;

/// <summary>Compares the rights of this role with those that the pipeline needs.</summary>
internal static class PrivilegeCheck
{
    /// <returns>Whether the role has USAGE on all schemas. Without it nothing further can be checked.</returns>
    public static async Task<bool> SchemasAsync(CheckContext context, CancellationToken cancel)
    {
        var closed = await context.ReadAsync(
            "checks/schemas", r => (Schema: r.Get<string>("name"), Role: r.Get<string>("role"), Owner: r.Get<string>("owner")), cancel);
        if (closed.Count > 0 && await IsOtherRoleAsync(context, cancel))
        {
            return false;
        }

        foreach (var (schema, role, owner) in closed)
        {
            context.Error("Privileges", $"This role may not USE schema {schema}.", Remedy(owner, role, $"USAGE ON SCHEMA {schema}"));
        }

        return closed.Count == 0;
    }

    /// <returns>Whether the role can read everything.</returns>
    public static async Task<bool> TablesAsync(CheckContext context, CancellationToken cancel)
    {
        var missing = await context.ReadAsync(
            "checks/privileges",
            r => (Relation: r.Get<string>("relation"), Privilege: r.Get<string>("privilege"), Role: r.Get<string>("role"), Owner: r.Get<string>("owner")), cancel);
        if (missing.Count > 0 && await IsOtherRoleAsync(context, cancel))
        {
            return false;
        }

        foreach (var (relation, privilege, role, owner) in missing)
        {
            context.Error("Privileges", $"This role may not {privilege} {relation}.", Remedy(owner, role, $"{privilege} ON {relation}"));
        }

        return missing.All(m => m.Privilege != "SELECT");
    }

    private static string Remedy(string owner, string role, string privilege) =>
        $"GRANT {privilege} TO {role}; -- as {owner}";

    /// <summary>
    /// Whether the role is one that is not meant to run the pipeline. Its missing rights are intended, and an error must not suggest
    /// granting an operator rights on patients.
    /// </summary>
    private static async Task<bool> IsOtherRoleAsync(CheckContext context, CancellationToken cancel)
    {
        var role = (await context.ReadAsync(
            "checks/role",
            r => (Name: r.Get<string>("role"), Ledger: r.Get<bool>("owns_ledger"), Tables: r.Get<bool>("owns_tables"), Operates: r.Get<bool>("operates")),
            cancel)).Single();
        var meant = role switch
        {
            { Ledger: true, Tables: false } => "owns the ledger: it creates and upgrades it, and grants rights on it",
            { Tables: true, Ledger: false } => "owns the tables: it creates their indexes and grants rights on them",
            { Operates: true } => "is an operator's: it looks at runs, stops them and releases marks",
            _ => null,
        };
        if (meant is not null)
        {
            context.Error("Privileges", $"Role {role.Name} {meant}. It cannot run the pipeline.", "Use the worker's role for this.");
        }

        return meant is not null;
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
