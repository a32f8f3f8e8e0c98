namespace CmEtl.Engine.Tests.Engine;

/// <summary>A hash of a table without the times that a run wrote.</summary>
public static class TableHash
{
    public static Task<string> OfPairsAsync(EngineDatabase database) => OfAsync(database, "conflictvisitmaps", "UpdatedDate");

    public static Task<string> OfSnapshotAsync(EngineDatabase database) => OfAsync(database, "conflictvisitmaps_temp", "CreatedDate");

    /// <summary>A hash of the row versions. It changes when a row is written again, even with the same values.</summary>
    public static Task<string> OfVersionsAsync(EngineDatabase database, string condition) => database.ReadAsync<string>(
        $"""SELECT coalesce(md5(string_agg("ID"::text || ' ' || ctid::text || ' ' || xmin::text, ',' ORDER BY "ID")), 'none') FROM conflict.conflictvisitmaps WHERE {condition}""");

    // Rows as text are ten times faster than rows as JSON. The columns are sorted by name, because a table that was created again may have
    // another order.
    private static async Task<string> OfAsync(EngineDatabase database, string table, string without)
    {
        var columns = await database.ReadAsync<string>($"""
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) FROM pg_attribute
             WHERE attrelid = 'conflict.{table}'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> '{without}'
            """);
        return await database.ReadAsync<string>(
            $"""SELECT coalesce(md5(string_agg(md5(ROW({columns})::text), '' ORDER BY "ID")), 'none') FROM conflict.{table} AS c""");
    }
}
