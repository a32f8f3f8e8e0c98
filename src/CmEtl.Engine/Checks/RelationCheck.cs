namespace CmEtl.Engine;

/// <summary>
/// The properties of every relation: its kind, hidden rows, what changes rows on write, and whether a look-up finds one row.
/// </summary>
internal static class RelationCheck
{
    /// <param name="context">The input of the check.</param>
    /// <param name="readable">Whether all tables exist and can be read. Otherwise only the catalog is checked.</param>
    /// <param name="cancel">Stops the check.</param>
    /// <returns>Whether no policy hides rows. With such a policy, reading rows would be an error.</returns>
    public static async Task<bool> RunAsync(CheckContext context, bool readable, CancellationToken cancel)
    {
        var facts = await context.ReadAsync(
            "checks/relations",
            r => new RelationFact(r.Get<string>("relation"), r.Get<string>("fact"), r.Get<string>("object"), r.Get<string>("remedy")), cancel);
        context.Findings.AddRange(facts.Select(f => Decide(f, context.Settings.Delta)).OfType<Finding>());
        var visible = !facts.Exists(f => f.Kind == "row security");
        var tables = facts.Where(f => f.Kind is "kind" or "foreign").Select(f => f.Relation).ToHashSet();
        foreach (var fact in facts.Where(f => readable && visible && f.Kind == "not unique" && !tables.Contains(f.Relation)))
        {
            await LookUpAsync(context, fact, facts.Exists(f => f.Kind == "view" && f.Relation == fact.Relation), cancel);
        }

        return visible;
    }

    /// <summary>The finding for a fact; null when it has no effect or is decided by <see cref="LookUpAsync"/>.</summary>
    internal static Finding? Decide(RelationFact fact, bool delta) => fact.Kind switch
    {
        "kind" => Error(fact, "Relations", $"is {fact.Object}, which CmEtl does not support there.",
            "Set conflict_schema or analytics_schema to the schema of the table itself."),
        "foreign" => Error(fact, "Relations", "is a foreign table; its rows are not part of a chunk's snapshot.", "Load it into a table of this database."),
        "view" when delta => Error(fact, "Relations", $"is {fact.Object}; its rows have no versions of their own, which a delta run compares.", "Set delta to off, or use a table."),
        "row security" => Error(fact, "Row security", $"has row security that applies to {fact.Object}; hidden rows would seem to be deleted.", fact.Remedy),
        "rule" => Error(fact, "Rules", $"has the rule {fact.Object}; a table with such a rule cannot be written by CmEtl's statements.", fact.Remedy),
        "row trigger" => Warn(fact, "Triggers", $"has the trigger {fact.Object}, which can change or suppress rows that CmEtl writes. A chunk that loses rows fails.", fact.Remedy),
        "search path" => Warn(fact, "Triggers",
            $"calls {fact.Object} from a trigger. CmEtl's sessions find only pg_catalog without a schema, and the function sets no search_path of its own.", fact.Remedy),
        "generated" => new(FindingSeverity.Information, "Generated columns", $"{fact.Relation} computes {fact.Object} itself; CmEtl does not write it.", ""),
        "generated and written" => Error(fact, "Generated columns", $"computes {fact.Object} itself, and CmEtl has to write it.", fact.Remedy),
        "publication" => Error(fact, "Publications",
            $"is published by {fact.Object} with its updates and has no replica identity; the server refuses every update.", fact.Remedy),
        "publication columns" => Error(fact, "Publications",
            $"is published by {fact.Object} with a column list that does not cover its replica identity; the server refuses every update.", fact.Remedy),
        "publication filter" => Error(fact, "Publications",
            $"is published by {fact.Object} with a row filter on columns outside of its replica identity; the server refuses every update.", fact.Remedy),
        "foreign key" => Error(fact, "Foreign keys", $"is referenced by the foreign key {fact.Object}; it cannot be truncated.", fact.Remedy),
        "unlogged" => Warn(fact, "Relations", "is unlogged; a crash of the server empties it.", fact.Remedy),
        _ => null,
    };

    private static async Task LookUpAsync(CheckContext context, RelationFact fact, bool view, CancellationToken cancel)
    {
        var (relation, column) = (fact.Relation, fact.Object);
        var statement = context.Sql.With(new Dictionary<string, string> { ["relation"] = relation, ["column"] = column });
        var duplicates = (await context.Connection.QueryAsync(statement["checks/duplicates"], r => r.Get<long>("duplicates"), cancel)).Single();
        if (duplicates > 0)
        {
            context.Error(
                "Look-up keys", $"{relation} has {duplicates} values of {column} in more than one row; a pair would be evaluated once for each row.",
                view ? "Remove them from the tables of the view." : $"DELETE FROM {relation} AS d USING {relation} AS k WHERE d.{column} = k.{column} AND (d.tableoid, d.ctid) > (k.tableoid, k.ctid); {fact.Remedy}"
                + "  -- keeps one row of each value; compare them first");
        }
        else if (fact.Remedy.Length > 0)
        {
            context.Warn("Look-up keys", $"{relation} has no unique index on {column}; a load could insert a row twice.", fact.Remedy);
        }
        else
        {
            context.Info("Look-up keys", $"{relation} cannot have a unique index on {column}; the preflight searches it for duplicates before every run.");
        }
    }

    private static Finding Error(RelationFact fact, string check, string what, string remedy) =>
        new(FindingSeverity.Error, check, $"{fact.Relation} {what}", remedy);

    private static Finding Warn(RelationFact fact, string check, string what, string remedy) =>
        new(FindingSeverity.Warning, check, $"{fact.Relation} {what}", remedy);
}
