namespace CmEtl.Engine.Tests.Engine;

/// <summary>A change of the pairs by others during a run, when some of its chunks are done and others are not.</summary>
/// <param name="Before">Statements before the run begins.</param>
/// <param name="During">Statements after some of the chunks are done.</param>
public sealed record MidRunEvent(string Before, string During)
{
    private const string Pairs = "conflict.conflictvisitmaps";

    private const string Copy =
        $"CREATE TABLE conflict.older (LIKE {Pairs} INCLUDING ALL); INSERT INTO conflict.older SELECT * FROM {Pairs}; GRANT SELECT, UPDATE ON conflict.older TO {EngineServer.Worker}";

    private const string Partitioned =
        $"""
        ALTER TABLE {Pairs} RENAME TO plain; CREATE TABLE {Pairs} (LIKE conflict.plain INCLUDING DEFAULTS) PARTITION BY RANGE ("VisitDate");
        CREATE TABLE conflict.early PARTITION OF {Pairs} FOR VALUES FROM (MINVALUE) TO (current_date - 60);
        CREATE TABLE conflict.late PARTITION OF {Pairs} FOR VALUES FROM (current_date - 60) TO (MAXVALUE); CREATE TABLE conflict.other PARTITION OF {Pairs} DEFAULT;
        INSERT INTO {Pairs} SELECT * FROM conflict.plain; GRANT SELECT, UPDATE ON {Pairs} TO {EngineServer.Worker};
        CREATE TABLE conflict.spare (LIKE conflict.early INCLUDING DEFAULTS); INSERT INTO conflict.spare SELECT * FROM conflict.early
        """;

    public static IReadOnlyDictionary<string, MidRunEvent> All { get; } = new Dictionary<string, MidRunEvent>
    {
        ["nothing"] = new("", ""),
        ["marked by another task"] = new("", $"""UPDATE {Pairs} SET "UpdateFlag" = 1 WHERE "UpdateFlag" IS NULL"""),
        ["marks released by hand"] = new("", $"""UPDATE {Pairs} SET "UpdateFlag" = NULL WHERE "UpdateFlag" = 1"""),
        ["stamped in the future before"] = new($"""UPDATE {Pairs} SET "UpdatedDate" = '2999-01-01'""", ""),
        ["stamped in the future during"] = new("", $"""UPDATE {Pairs} SET "UpdatedDate" = '2999-01-01'"""),
        ["stamped in the future and marked"] = new("", $"""UPDATE {Pairs} SET "UpdatedDate" = '2999-01-01', "UpdateFlag" = 1"""),
        ["stale values written back"] = new("", $"""UPDATE {Pairs} SET "AideName" = 'stale', "ConAideName" = 'stale'"""),
        ["reloaded"] = new("", $"CREATE TEMP TABLE k AS TABLE {Pairs}; TRUNCATE {Pairs}; INSERT INTO {Pairs} TABLE k"),
        ["deleted and inserted"] = new("", $"CREATE TEMP TABLE k AS TABLE {Pairs}; DELETE FROM {Pairs}; INSERT INTO {Pairs} TABLE k"),
        ["rewritten"] = new("", $"ALTER TABLE {Pairs} ADD COLUMN x timestamptz DEFAULT clock_timestamp()"),
        ["vacuumed full"] = new("", $"VACUUM FULL {Pairs}"),
        ["frozen"] = new("", $"VACUUM FREEZE {Pairs}"),
        ["older copy in its place"] = new(Copy, $"ALTER TABLE {Pairs} RENAME TO gone; ALTER TABLE conflict.older RENAME TO conflictvisitmaps"),
        ["older copy in its place, marked"] = new(
            Copy + """; UPDATE conflict.older SET "UpdateFlag" = 1""", $"ALTER TABLE {Pairs} RENAME TO gone; ALTER TABLE conflict.older RENAME TO conflictvisitmaps"),
        ["partitioned"] = new(Partitioned, ""),
        ["older partition in place of one"] = new(
            Partitioned, $"ALTER TABLE {Pairs} DETACH PARTITION conflict.early; ALTER TABLE {Pairs} ATTACH PARTITION conflict.spare FOR VALUES FROM (MINVALUE) TO (current_date - 60)"),
        ["other SSNs and dates"] = new("", $"""UPDATE {Pairs} SET "SSN" = '1' || "SSN", "VisitDate" = "VisitDate" - 1 WHERE "ID" % 3 = 0"""),
    };
}
