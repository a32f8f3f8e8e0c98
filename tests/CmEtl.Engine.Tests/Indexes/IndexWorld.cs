using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Engine.Tests.Indexes;

/// <summary>Databases whose tables lack indexes, are partitioned, or belong to another role.</summary>
internal static class IndexWorld
{
    /// <summary>No index is left on the tables that a run reads by key, not even that of a primary key.</summary>
    public static Task<int> DropAllAsync(EngineDatabase database) => database.ExecuteAsync("""
        DO $$
        DECLARE drop text;
        BEGIN
          FOR drop IN
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname)
              FROM pg_constraint AS k
             WHERE k.contype IN ('p', 'u') AND k.connamespace IN ('analytics'::regnamespace, 'conflict'::regnamespace)
          LOOP EXECUTE drop; END LOOP;
          FOR drop IN
            SELECT format('DROP INDEX %s', i.indexrelid::regclass)
              FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
             WHERE c.relnamespace IN ('analytics'::regnamespace, 'conflict'::regnamespace)
          LOOP EXECUTE drop; END LOOP;
        END $$
        """);

    /// <summary>
    /// The pairs in partitions. One has partitions itself, and the name of another leaves no room for a suffix. The old table stays, with
    /// its index.
    /// </summary>
    public static Task<int> PartitionPairsAsync(EngineDatabase database) => database.ExecuteAsync("""
        ALTER TABLE conflict.conflictvisitmaps RENAME TO before_partitions;
        CREATE TABLE conflict.conflictvisitmaps (LIKE conflict.before_partitions INCLUDING DEFAULTS) PARTITION BY RANGE ("VisitDate");
        CREATE TABLE conflict.pairs_of_a_period_whose_name_leaves_no_room_for_anything_behind PARTITION OF conflict.conflictvisitmaps
          FOR VALUES FROM (MINVALUE) TO (current_date - 200);
        CREATE TABLE conflict.pairs_late PARTITION OF conflict.conflictvisitmaps FOR VALUES FROM (current_date - 200) TO (MAXVALUE) PARTITION BY LIST ("UpdateFlag");
        CREATE TABLE conflict.pairs_late_rest PARTITION OF conflict.pairs_late DEFAULT;
        CREATE TABLE conflict."pairs Late 1" PARTITION OF conflict.pairs_late FOR VALUES IN (1);
        CREATE TABLE conflict.pairs_other PARTITION OF conflict.conflictvisitmaps DEFAULT;
        INSERT INTO conflict.conflictvisitmaps SELECT * FROM conflict.before_partitions;
        ANALYZE conflict.conflictvisitmaps
        """);

    /// <summary>A role that owns the tables and has no right on the ledger.</summary>
    public static Task<int> GiveTablesAsync(EngineDatabase database, string role) => database.ExecuteAsync($$"""
        DO $$
        DECLARE give text;
        BEGIN
          IF to_regrole('{{role}}') IS NULL THEN CREATE ROLE {{role}} LOGIN PASSWORD '{{RoleScript.Password}}'; END IF;
          GRANT USAGE, CREATE ON SCHEMA conflict, analytics TO {{role}};
          FOR give IN
            SELECT format('ALTER TABLE %s OWNER TO {{role}}', c.oid::regclass)
              FROM pg_class AS c WHERE c.relkind = 'r' AND c.relnamespace IN ('analytics'::regnamespace, 'conflict'::regnamespace)
          LOOP EXECUTE give; END LOOP;
        END $$
        """);
}
