namespace CmEtl.Chaos.Nights.Events;

/// <summary>Loads of the analytics tables, with and without new content, and with and without a failure.</summary>
internal static class LoaderEvents
{
    private sealed record Source(string Name, string Key, string Number, string[] Changes);

    private static readonly Source Visits = new("analytics.factvisitcallperformance_cr", "Visit Id", "Application Visit Id",
    [
        "UPDATE {0} SET \"Scheduled Start Time\" = \"Scheduled Start Time\" + interval '10 minutes' WHERE mod(abs(hashtext(\"Visit Id\" || '{1}')), 5) = 0",
        "UPDATE {0} SET \"Bill Type\" = 'changed {1}'",
        "DELETE FROM {0} WHERE mod(abs(hashtext(\"Visit Id\" || '{1}')), 20) = 0",
        "UPDATE {0} SET \"Visit Date\" = \"Visit Date\" + 1 WHERE mod(abs(hashtext(left(\"Visit Id\", -2) || '{1}')), 8) = 0",
        "UPDATE {0} SET \"Visit Start Time\" = \"Visit Start Time\" + interval '1 minute', \"Call In GPS Coordinates\" = '40.1,-73.{1}'",
    ]);

    private static readonly Source Caregivers = new("analytics.dimcaregiver", "Caregiver Id", "Application Caregiver Id",
    [
        "UPDATE {0} SET \"Caregiver Fullname\" = 'Changed {1}'",
        "UPDATE {0} SET \"SSN\" = '000-00-010' || right(\"Caregiver Id\", 1) WHERE right(\"Caregiver Id\", 1) = '{2}'",
        "UPDATE {0} SET \"Status\" = 'Changed {1}' WHERE mod(abs(hashtext(\"Caregiver Id\" || '{1}')), 2) = 0",
    ]);

    private static readonly Source[] Sources =
    [
        Visits, Caregivers, Visits, Caregivers,
        new("analytics.dimprovider", "Provider Id", "Application Provider Id", ["UPDATE {0} SET \"Provider Name\" = 'Changed {1}'", "UPDATE {0} SET \"Is Active\" = false WHERE right(\"Provider Id\", 4) = '-1-{2}'"]),
        new("analytics.dimoffice", "Office Id", "Application Office Id", ["UPDATE {0} SET \"Office Name\" = 'Changed {1}'"]),
        new("analytics.dimpatient", "Patient Id", "Application Patient Id", ["UPDATE {0} SET \"Patient Name\" = 'Changed {1}'"]),
        new("analytics.dimpatientaddress", "Patient Address Id", "Application Patient Address Id", ["UPDATE {0} SET \"City\" = 'Changed {1}'"]),
        new("analytics.dimpayer", "Payer Id", "Application Payer Id", ["UPDATE {0} SET \"Payer Name\" = 'Changed {1}'"]),
    ];

    public static IEnumerable<EventKind> All { get; } =
    [
        new("load: truncate and insert", 10, EventTime.Anytime, (n, e) => LoadAsync(n, e, "TRUNCATE {0}", "INSERT INTO {0} TABLE fresh")),
        new("load: delete and insert", 5, EventTime.Anytime, (n, e) => LoadAsync(n, e, "DELETE FROM {0}", "INSERT INTO {0} TABLE fresh")),
        new("load: other row order", 3, EventTime.Anytime, (n, e) => LoadAsync(n, e, "TRUNCATE {0}", "INSERT INTO {0} SELECT * FROM fresh ORDER BY random()")),
        new("load: visits and caregivers together", 4, EventTime.Anytime, (n, e) => n.LoadAsync(e, $"{Keep(Visits)};{Mutate(Visits, e.Choice)};TRUNCATE {Visits.Name}; INSERT INTO {Visits.Name} TABLE fresh; DROP TABLE fresh; {Keep(Caregivers)}; {Mutate(Caregivers, e.Choice)}; TRUNCATE {Caregivers.Name}", $"INSERT INTO {Caregivers.Name} TABLE fresh")),
        new("load: in two transactions", 3, EventTime.Anytime, InTwoAsync),
        new("load: ends with an empty table", 3, EventTime.Before, (n, e) => FailAsync(n, e, "true")),
        new("load: ends with half a table", 2, EventTime.Before, (n, e) => FailAsync(n, e, "mod(abs(hashtext(t::text)), 2) = 0")),
        new("load: changes in place", 6, EventTime.Anytime, (n, e) => n.LoadAsync(e, Mutate(Of(e), e.Choice, inPlace: true), "")),
        new("swap: renamed table", 6, EventTime.Anytime, (n, e) => SwapAsync(n, e, Of(e))),
        new("swap: partition", 3, EventTime.Anytime, SwapPartitionAsync),
        new("rewrite: column type", 3, EventTime.Anytime, (n, e) => RewriteAsync(n, e, Of(e))),
        new("rewrite: CLUSTER or VACUUM FULL", 3, EventTime.Anytime, (n, e) => n.MaintainAsync(
            e.Choice % 2 == 0 && !(n.World.Partitioned && Of(e) == Visits) ? $"CLUSTER {Of(e).Name} USING {Of(e).Name.Split('.')[1]}_pkey" : $"VACUUM FULL {Of(e).Name}")),
    ];

    private static Source Of(NightEvent e) => Sources[e.Choice % Sources.Length];

    private static string Keep(Source source) => $"CREATE TEMP TABLE fresh ON COMMIT DROP AS TABLE {source.Name}";

    /// <summary>Every third load brings the same rows again.</summary>
    private static string Mutate(Source source, int choice, bool inPlace = false) => choice % 3 == 0 && !inPlace
        ? "SELECT"
        : string.Format(null, source.Changes[choice / 3 % source.Changes.Length], inPlace ? source.Name : "fresh", choice, (choice % 6) + 1);

    private static Task LoadAsync(Night night, NightEvent e, string empty, string fill)
    {
        var source = Of(e);
        return night.LoadAsync(e, $"{Keep(source)};{Mutate(source, e.Choice)};{string.Format(null, empty, source.Name)}", string.Format(null, fill, source.Name));
    }

    private static async Task InTwoAsync(Night night, NightEvent e)
    {
        var source = Of(e);
        var keep = $"chaos.kept_{source.Name.Split('.')[1]}";
        await night.LoadAsync(e with { Milliseconds = 0 }, $"DROP TABLE IF EXISTS {keep}; CREATE TABLE {keep} AS TABLE {source.Name}; DELETE FROM {source.Name}", "", broken: source.Name);
        await Task.Delay(e.Milliseconds);
        await night.LoadAsync(e with { Milliseconds = 0 }, $"INSERT INTO {source.Name} TABLE {keep}", "", mends: source.Name);
    }

    private static async Task FailAsync(Night night, NightEvent e, string gone)
    {
        var source = Of(e);
        var keep = $"chaos.kept_{source.Name.Split('.')[1]}";
        night.Repair($"DELETE FROM {source.Name}; INSERT INTO {source.Name} TABLE {keep}", inputs: true, mends: source.Name);
        await night.LoadAsync(
            e, $"DROP TABLE IF EXISTS {keep}; CREATE TABLE {keep} AS TABLE {source.Name}; DELETE FROM {source.Name} AS t WHERE {gone}", "", broken: source.Name);
    }

    private static Task SwapAsync(Night night, NightEvent e, Source source)
    {
        if (night.World.Partitioned && source == Visits)
        {
            return SwapPartitionAsync(night, e);
        }

        var plain = source.Name.Split('.')[1];
        var change = Mutate(source, e.Choice).Replace("fresh", "analytics.next", StringComparison.Ordinal);
        return night.LoadAsync(
            e,
            $"""
            CREATE TABLE analytics.next (LIKE {source.Name} INCLUDING ALL);
            INSERT INTO analytics.next TABLE {source.Name};
            {change};
            GRANT SELECT ON analytics.next TO cm_worker;
            ALTER TABLE {source.Name} RENAME TO last;
            ALTER TABLE analytics.next RENAME TO {plain}
            """,
            $"DROP TABLE analytics.last; ALTER INDEX analytics.next_pkey RENAME TO {plain}_pkey");
    }

    private static Task SwapPartitionAsync(Night night, NightEvent e) => !night.World.Partitioned ? Task.CompletedTask : night.LoadAsync(
        e,
        $"""
        CREATE TABLE analytics.next AS TABLE analytics.visits_1;
        ALTER TABLE analytics.next ALTER "Visit Id" SET NOT NULL, ADD PRIMARY KEY ("Visit Id");
        {Mutate(Visits, e.Choice).Replace("fresh", "analytics.next", StringComparison.Ordinal)};
        GRANT SELECT ON analytics.next TO cm_worker;
        ALTER TABLE {Visits.Name} DETACH PARTITION analytics.visits_1
        """,
        $"""
        ALTER TABLE {Visits.Name} ATTACH PARTITION analytics.next FOR VALUES WITH (MODULUS 2, REMAINDER 1);
        DROP TABLE analytics.visits_1;
        ALTER TABLE analytics.next RENAME TO visits_1
        """);

    private static Task RewriteAsync(Night night, NightEvent e, Source source) => night.LoadAsync(
        e, $"ALTER TABLE {source.Name} ALTER \"{source.Number}\" TYPE numeric(30,0)", $"ALTER TABLE {source.Name} ALTER \"{source.Number}\" TYPE numeric(38,0)");
}
