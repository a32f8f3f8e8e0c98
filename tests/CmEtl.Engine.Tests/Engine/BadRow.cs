namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// A row that cannot be updated. Its whole chunk fails with it, unless the SqlState says that the row is the cause. Its error text quotes
/// the row's SSN, as the server's own constraint errors do.
/// </summary>
public static class BadRow
{
    public static Task PlantAsync(EngineDatabase database, string condition, string sqlState = "P0001") => database.ExecuteAsync(
        $"""
        CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'bad row with SSN %', OLD."SSN" USING ERRCODE = '{sqlState}', DETAIL = OLD."SSN"; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps
        FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION public.refuse();
        """);

    public static Task RemoveAsync(EngineDatabase database) => database.ExecuteAsync("DROP FUNCTION public.refuse() CASCADE");
}
