namespace CmEtl.Chaos.Nights.Events;

/// <summary>Columns, indexes, triggers and policies that the owners of the tables add.</summary>
internal static class SchemaEvents
{
    public static IEnumerable<EventKind> All { get; } =
    [
        new("schema: column added", 2, EventTime.Anytime, (n, e) => n.DefineAsync(
            e.Choice % 2 == 0 ? $"ALTER TABLE conflict.conflictvisitmaps ADD IF NOT EXISTS extra_{e.Choice % 8} text" : $"ALTER TABLE analytics.dimcaregiver ADD IF NOT EXISTS extra_{e.Choice % 8} integer DEFAULT 7")),
        new("schema: index dropped", 2, EventTime.Anytime, (n, e) => n.DefineAsync("DROP INDEX IF EXISTS conflict.conflictvisitmaps_cm_etl_chunk")),
        new("schema: keys dropped and rows twice", 3, EventTime.Before, (n, e) => n.LoadAsync(e,
            $"ALTER TABLE {Twice(e).Table} DROP CONSTRAINT IF EXISTS {Twice(e).Table.Split('.')[1]}_pkey; INSERT INTO {Twice(e).Table} TABLE {Twice(e).Table}", "",
            repair: $"DELETE FROM {Twice(e).Table} AS a USING {Twice(e).Table} AS b WHERE a.ctid > b.ctid AND a.\"{Twice(e).Key}\" = b.\"{Twice(e).Key}\"; ALTER TABLE {Twice(e).Table} ADD CONSTRAINT {Twice(e).Table.Split('.')[1]}_pkey PRIMARY KEY (\"{Twice(e).Key}\")")),
        new("policy: rows hidden", 5, EventTime.Anytime, (n, e) => PolicyAsync(n, e, Pick(e,
            "analytics.factvisitcallperformance_cr", "analytics.dimcaregiver", "analytics.dimprovider", "conflict.conflictvisitmaps", "analytics.dimoffice", "conflict.mph"))),
        new("trigger: writes suppressed", 5, EventTime.Anytime, (n, e) => TriggerAsync(n, $"IF mod(abs(hashtext(NEW.\"ID\"::text)), {2 + (e.Choice % 5)}) = 0 THEN RETURN NULL; END IF; RETURN NEW;")),
        new("trigger: values altered", 4, EventTime.Anytime, (n, e) => TriggerAsync(n, Pick(e,
            "NEW.\"PName\" := 'altered'; RETURN NEW;",
            "IF NEW.\"UpdateFlag\" = 1 THEN NEW.\"PName\" := 'altered'; NEW.\"PTOStartDate\" := '2020-01-01'; END IF; RETURN NEW;",
            "NEW.\"UpdateFlag\" := 1; RETURN NEW;", "NEW.\"StatusFlag\" := 'R'; RETURN NEW;", "RETURN OLD;"))),
        new("trigger: rows written again", 4, EventTime.Anytime, (n, e) => TriggerAsync(n, "IF pg_trigger_depth() = 1 THEN "
            + Pick(e, "UPDATE conflict.conflictvisitmaps SET \"PName\" = 'again' WHERE \"ID\" = NEW.\"ID\";", "UPDATE conflict.conflictvisitmaps SET \"UpdateFlag\" = NULL WHERE \"ID\" = NEW.\"ID\" + 1;")
            + " END IF; RETURN NULL;", "AFTER")),
        new("trigger: writes refused", 2, EventTime.Anytime, (n, e) => TriggerAsync(n, $"IF mod(abs(hashtext(NEW.\"ID\"::text)), 10) = {e.Choice % 10} THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW;")),
        new("rule: updates go elsewhere", 2, EventTime.Before, (n, e) =>
        {
            n.Repair("DROP RULE IF EXISTS elsewhere ON conflict.conflictvisitmaps");
            return n.DefineAsync($"CREATE OR REPLACE RULE elsewhere AS ON UPDATE TO conflict.conflictvisitmaps WHERE mod(OLD.\"ID\", 3) = {e.Choice % 3} DO INSTEAD NOTHING");
        }),
    ];

    private static (string Table, string Key) Twice(NightEvent e) => Pick(e, ("analytics.dimcaregiver", "Caregiver Id"), ("analytics.dimprovider", "Provider Id"), ("analytics.dimoffice", "Office Id"));

    private static Task PolicyAsync(Night night, NightEvent e, string table)
    {
        night.Repair($"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; DROP POLICY IF EXISTS half ON {table}");
        return night.DefineAsync(
            $"""
            DROP POLICY IF EXISTS half ON {table};
            DROP POLICY IF EXISTS write ON {table};
            CREATE POLICY half ON {table} FOR SELECT USING (mod(abs(hashtext({table.Split('.')[1]}::text)), {2 + (e.Choice % 3)}) = 0);
            CREATE POLICY write ON {table} FOR UPDATE USING (true);
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY
            """);
    }

    private static Task TriggerAsync(Night night, string body, string time = "BEFORE")
    {
        night.Repair("DROP TRIGGER IF EXISTS meddle ON conflict.conflictvisitmaps");
        return night.DefineAsync(
            $"""
            CREATE OR REPLACE FUNCTION chaos.meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$;
            GRANT USAGE ON SCHEMA chaos TO PUBLIC;
            DROP TRIGGER IF EXISTS meddle ON conflict.conflictvisitmaps;
            CREATE TRIGGER meddle {time} UPDATE ON conflict.conflictvisitmaps FOR EACH ROW WHEN (current_setting('application_name') = 'cm_etl') EXECUTE FUNCTION chaos.meddle()
            """);
    }

    private static T Pick<T>(NightEvent e, params T[] of) => of[e.Choice % of.Length];
}
