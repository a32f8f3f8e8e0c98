using CmEtl.Engine;

namespace CmEtl.Chaos.Nights;

/// <summary>
/// A negative control: the engine without one of the parts that guarantee a true success. A harness that does not notice it is useless.
/// </summary>
/// <param name="Name">The missing part.</param>
/// <param name="Events">Kinds of events, by the beginning of their names, that are necessary to notice it.</param>
internal sealed record Control(string Name, params string[] Events)
{
    /// <summary>Parts of files in sql/, and their replacements.</summary>
    public IReadOnlyList<(string File, string Part, string Instead)> Statements { get; init; } = [];

    /// <summary>Changed settings.</summary>
    public Func<EtlSettings, EtlSettings> Settings { get; init; } = s => s;

    /// <summary>Whether a run counts as a success as soon as it is completed.</summary>
    public bool CompletedIsSuccess { get; init; }

    /// <summary>The only night of every world, for situations that are too rare to wait for.</summary>
    public NightPlan? Plan { get; init; }

    /// <summary>Seed of the first world, shortly before one in which the control is noticed.</summary>
    public ulong Seed { get; init; } = 1;

    public static IReadOnlyList<Control> All { get; } =
    [
        new("locks before the snapshot", "load: truncate", "load: visits", "rewrite", "swap")
        {
            Seed = 5,
            Statements = [("run/lock_tables", "LOCK TABLE :tables IN ACCESS SHARE MODE", "DO $$ BEGIN PERFORM 1; END $$")],
        },
        new("the run's own transactions")
        {
            // Marks rows of chunks that are done. In most worlds, the sums that a run compares at its end also detect that.
            Plan = new NightPlan("UTC", 0, New: false, [], [new NightEvent("pairs: marked by another task", "claim", 5, 0, 0)], []),
            Seed = 10,
            Statements =
            [
                ("task02/examined", "(c.xmin IN (", "(c.\"UpdatedDate\" >= (SELECT r.started_at AT TIME ZONE r.time_zone FROM :\"ledger\".run AS r WHERE r.run_id = :'run_id') OR c.xmin IN ("),
                ("task02/stage_1_claimed", "AND CASE WHEN", "AND c.\"UpdatedDate\" < (SELECT r.started_at AT TIME ZONE r.time_zone FROM :\"ledger\".run AS r WHERE r.run_id = :'run_id') AND CASE WHEN"),
            ],
        },
        new("a look at the table at the end", "pairs: inserted", "pairs: marked", "pairs: moved", "pairs: table swapped")
        {
            Statements =
            [
                ("run/reconcile", "count(*) FILTER (WHERE NOT c.examined) AS late", "0::bigint AS late"),
                ("run/reconcile", "count(*) FILTER (WHERE c.examined AND c.marked AND c.eligible) AS unconfirmed", "0::bigint AS unconfirmed"),
            ],
        },
        new("counts of what was written", "trigger: values", "trigger: writes suppressed")
        {
            Seed = 4,
            Statements =
            [
                ("task02/update", "written.altered AS rows_altered", "0::bigint AS rows_altered"),
                ("task02/update", "(SELECT count(*) FROM to_mark) AS rows_to_mark", "(SELECT count(*) FILTER (WHERE m.marked) FROM marked AS m) AS rows_to_mark"),
                ("task02/update", "CASE WHEN :'row_triggers'::boolean THEN (SELECT rows FROM to_update)", "CASE WHEN :'row_triggers'::boolean THEN written.rows"),
            ],
        },
        new("plausibility", "load: ends with half")
        {
            Settings = s => s with { MaxUnconfirmedPercent = 100, MaxUnconfirmedGrowth = 100 },
        },
        new("a success that is tied to plausibility", "load: ends with half")
        {
            CompletedIsSuccess = true,
        },
        new("a refusal to reset a run that another has followed")
        {
            Plan = new NightPlan(
                "UTC", 0, New: false, [], [new NightEvent("operator: abandon by force", "update", 2, 0, 0)], [new NightEvent("operator: an earlier run is reset", "", 0, 0, 0)]),
            Statements = [("run/superseded", "WHERE r.run_id", "WHERE false AND r.run_id")],
        },
    ];

    /// <summary>The world of a seed, reduced to events by which the control can be noticed.</summary>
    public World Make(ulong seed)
    {
        var world = WorldGen.Make(seed, Events);
        return Plan is null ? world : world with { MarkMode = MarkMode.TwoPhase, SkipUnchanged = false, Delta = false, Nights = [Plan] };
    }

    /// <summary>Replaces the text of a file for the engine.</summary>
    public string Apply(string file, string text) => Statements.Where(s => s.File == file).Aggregate(
        text, (t, s) => t.Contains(s.Part, StringComparison.Ordinal) ? t.Replace(s.Part, s.Instead, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The control '{Name}' is out of date: sql/{file}.sql has no '{s.Part}'."));
}
