using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Engine.Tests.Ledger;

/// <summary>The catalog of a schema, one line per object, without its name, numbers and the order of columns.</summary>
internal static class LedgerCatalog
{
    public static async Task<string[]> ReadAsync(EngineDatabase database, string schema) =>
        (await database.ReadAsync<string>($$"""
            WITH relation AS (SELECT c.* FROM pg_class AS c WHERE c.relnamespace = '{{schema}}'::regnamespace),
            line AS (
              SELECT format('column %s.%s %s%s%s default %s storage %s collation %s comment %s', r.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                            CASE WHEN a.attnotnull THEN ' not null' END, a.attidentity, pg_get_expr(d.adbin, d.adrelid), a.attstorage, a.attcollation,
                            col_description(r.oid, a.attnum)) AS text
                FROM relation AS r
                JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
               WHERE r.relkind IN ('r', 'v', 'm')
              UNION ALL
              SELECT format('constraint %s on %s: %s', k.conname, r.relname, pg_get_constraintdef(k.oid))
                FROM relation AS r JOIN pg_constraint AS k ON k.conrelid = r.oid
              UNION ALL
              SELECT 'index ' || pg_get_indexdef(r.oid) FROM relation AS r WHERE r.relkind = 'i'
              UNION ALL
              SELECT format('view %s: %s', r.relname, pg_get_viewdef(r.oid)) FROM relation AS r WHERE r.relkind = 'v'
              UNION ALL
              SELECT format('%s %s of %s: %s', r.relkind, r.relname, pg_get_userbyid(r.relowner), obj_description(r.oid, 'pg_class')) FROM relation AS r
              UNION ALL
              SELECT format('grant on %s: %s to %s', r.relname, acl.privilege_type, pg_get_userbyid(acl.grantee))
                FROM relation AS r CROSS JOIN LATERAL aclexplode(r.relacl) AS acl
              UNION ALL
              SELECT format('trigger on %s: %s', r.relname, pg_get_triggerdef(t.oid))
                FROM relation AS r JOIN pg_trigger AS t ON t.tgrelid = r.oid AND NOT t.tgisinternal
              UNION ALL
              SELECT format('function %s', pg_get_functiondef(p.oid)) FROM pg_proc AS p WHERE p.pronamespace = '{{schema}}'::regnamespace
            )
            SELECT coalesce(string_agg(replace(text, '{{schema}}.', ''), E'\n~' ORDER BY text COLLATE "C"), '') FROM line
            """)).Split("\n~");
}
