namespace CmEtl.Engine;

/// <summary>Values that the tables can hold and a run cannot use. Reads the catalog and indexes, and scans no large table.</summary>
internal static class ValueCheck
{
    public static async Task RunAsync(CheckContext context, CancellationToken cancel)
    {
        await EncodingAsync(context, cancel);
        await IdsAsync(context, cancel);
    }

    private static async Task EncodingAsync(CheckContext context, CancellationToken cancel)
    {
        const string Remedy = "move the database to UTF8 with pg_dump --encoding=UTF8 and pg_restore.";
        var settings = context.Settings;
        var (isUnchecked, foreign) = (await context.Connection.QueryAsync(
            context.Sql["checks/encoding"], r => (r.Get<bool>("unchecked"), r.Get<bool>("foreign_bytes")), cancel,
            settings.Window)).Single();
        if (foreign)
        {
            context.Error(
                "Encoding", $"The database's encoding is SQL_ASCII, and an SSN in {settings.ConflictSchema}.conflictvisitmaps has bytes that are not ASCII.",
                $"""Correct the rows WHERE "SSN" COLLATE "C" ~ '[^\x01-\x7f]', or {Remedy}""");
        }
        else if (isUnchecked)
        {
            context.Warn(
                "Encoding", "The database's encoding is SQL_ASCII: the server does not validate text, and cuts it by bytes instead of characters.",
                $"M{Remedy[1..]}");
        }
    }

    private static async Task IdsAsync(CheckContext context, CancellationToken cancel)
    {
        var table = $"{SqlLibrary.Quote(context.Settings.ConflictSchema)}.conflictvisitmaps";
        foreach (var (fractions, beyond) in await context.ReadAsync("checks/id_range", r => (r.Get<bool>("fractions"), r.Get<bool>("beyond")), cancel))
        {
            if (beyond)
            {
                context.Warn(
                    "Id types", $"{table} has IDs beyond the range of bigint; a key that holds them is not split between them.",
                    $"Renumber these rows: SELECT \"ID\" FROM {table} WHERE \"ID\" NOT BETWEEN -9223372036854775807 AND 9223372036854775807;");
            }

            if (fractions)
            {
                context.Warn(
                    "Id types", $"The column ID of {table} can hold fractions; a key is split between whole IDs only.",
                    $"ALTER TABLE {table} ALTER \"ID\" TYPE numeric(38, 0);");
            }
        }
    }
}
