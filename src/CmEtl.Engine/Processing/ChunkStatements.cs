using System.Collections.Concurrent;

namespace CmEtl.Engine;

/// <summary>
/// The statements of Task 02 with the parts that depend on the catalog: column types and widths, the spelling of the ETA column, the type
/// of ID. The catalog is read once, at the first use.
/// </summary>
internal sealed class ChunkStatements(EtlSettings settings, Database database, SqlLibrary sql)
{
    /// <summary>The range is the one of task02/distance_multiplier.sql.</summary>
    public const string SettingsRemedy = "Leave exactly one row, or one row with ID 1, and set its ExtraDistancePer to a number from 0.001 to 1,000,000.";

    private const string NoAge = "NULL::integer";

    private readonly ConcurrentDictionary<string, string> _judges = new();

    private SqlLibrary? _rendered;

    // Two workers may render it at the same time. The results are the same.
    public async Task<SqlLibrary> GetAsync(CancellationToken cancel) => _rendered ??= await RenderAsync(cancel);

    private async Task<SqlLibrary> RenderAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var (tables, _) = await new TableLocks(settings, sql).ReadAsync(connection, TableLocks.Task02, cancel);
        var rows = await connection.QueryAsync(
            sql["task02/assignments"],
            r => tables is null || !r.Get<bool>("complete") || r.IsDBNull(r.GetOrdinal("id_type"))
                ? null
                : new Dictionary<string, string>
                {
                    ["assignments"] = r.Get<string>("assignments"),
                    ["changed"] = r.Get<string>("changed"),
                    ["kept"] = SqlLibrary.File("task02/kept"),
                    ["same"] = r.Get<string>("same"),
                    ["examined"] = SqlLibrary.File("task02/examined"),
                    ["tables"] = tables,
                    ["worth_writing"] = settings.SkipUnchanged || settings.Delta ? r.Get<string>("changed") : "true",
                    ["staged"] = r.Get<string>("staged"),
                    ["unfit"] = r.Get<string>("unfit"),
                    ["base_cuts"] = r.Get<string>("base_cuts"),
                    ["con_cuts"] = r.Get<string>("con_cuts"),
                    ["id_type"] = r.Get<string>("id_type"),
                    // What a delta run stores for the next one. Without delta no statement reads the version of a row, so the tables may be
                    // views.
                    ["content"] = settings.Delta ? SqlLibrary.File("delta/visit_content") : "NULL::bigint",
                    ["caregiver_age"] = settings.Delta ? "age(c.xmin)" : NoAge,
                    ["provider_age"] = settings.Delta ? "age(pr.xmin)" : NoAge,
                    ["patient_age"] = settings.Delta ? "least(age(p.xmin), age(a.xmin))" : NoAge,
                    ["other_ages"] = settings.Delta ? "age(o.xmin), age(py.xmin), age(ct.xmin), age(sc.xmin), age(u.xmin)" : NoAge,
                    ["sources"] = SqlLibrary.File("delta/sources"),
                    ["surroundings"] = SqlLibrary.File("delta/surroundings"),
                    ["visit_content"] = SqlLibrary.File("delta/visit_content"),
                    ["visit_touched"] = SqlLibrary.File("delta/visit_touched"),
                    ["claimed"] = SqlLibrary.File("task02/stage_1_claimed").TrimEnd().TrimEnd(';'),
                    ["gps_call_in"] = Gps("Call In GPS Coordinates"),
                    ["gps_call_out"] = Gps("Call Out GPS Coordinates"),
                },
            cancel, ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema));
        return sql.With(rows.Single() ?? throw new CmEtlException(
            ErrorKind.Configuration, ErrorIds.TableMissing, $"{settings.ConflictSchema}.conflictvisitmaps is missing or lacks columns.",
            "Run the preflight to see what is missing.") { Subject = settings.ConflictSchema });
    }

    /// <summary>
    /// delta/judge.sql without the lines of delta/visit_touched.sql for dimensions that have no changed keys.
    /// </summary>
    public string Judge(SqlLibrary library, IReadOnlyCollection<string> changed) => _judges.GetOrAdd(string.Join(' ', changed), _ =>
        library.With([new("visit_touched", string.Join('\n', SqlLibrary.File("delta/visit_touched").Split('\n')
            .Where(line => !line.StartsWith("OR ", StringComparison.Ordinal) || changed.Any(c => line.Contains($"'{c}'", StringComparison.Ordinal)))))])["delta/judge"]);

    private static string Gps(string column) =>
        SqlLibrary.File("task02/gps").Replace(":gps_text", "f." + SqlLibrary.Quote(column), StringComparison.Ordinal);

    /// <summary>The parameters of a chunk's range, for every statement that works on one.</summary>
    public static (string, object?)[] Range(in ChunkBound from, in ChunkBound to) =>
    [
        ("scan_from", from.VisitDate), ("scan_to", to.LastDay),
        ("from_date", from.VisitDate), ("from_ssn", from.Ssn), ("from_id", from.Id),
        ("to_date", to.VisitDate), ("to_ssn", to.Ssn), ("to_id", to.Id),
    ];

    /// <summary>
    /// The parameters of all statements of a chunk. With <paramref name="rowTriggers"/> they compare what the table stored with what they
    /// wrote.
    /// </summary>
    public (string, object?)[] Parameters(RunRow run, ClaimedChunk chunk, PairsRelation pairs, bool rowTriggers = false) =>
    [
        .. Range(chunk.From, chunk.To), .. Reconciling(run, pairs.Identity), ("chunk_id", chunk.ChunkId), ("late", chunk.Late), ("write_all", chunk.Late), ("row_triggers", rowTriggers),
        ("seed", 0L), ("look_age", 0),
        ("distance_multiplier", run.DistanceMultiplier.GetValueOrDefault()),
        ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema),
    ];

    /// <summary>The parameters of statements that test which rows of the window a run has examined.</summary>
    public (string, object?)[] Reconciling(RunRow run, string relation) =>
    [
        ("run_id", run.RunId), ("window_from", run.WindowFrom), ("window_to", run.WindowTo), ("relation", relation),
        ("keeps", settings.SkipUnchanged || settings.Delta),
    ];

    /// <summary>For statements that are only described, not run.</summary>
    public static (string, object?)[] NoParameters { get; } =
    [
        .. Range(new ChunkBound(default, "", 0), new ChunkBound(default, "", 0)), ("run_id", ""), ("late", false), ("seed", 0L), ("look_age", 0), ("relation", ""), ("keeps", false),
        ("window_from", default(DateOnly)), ("window_to", default(DateOnly)), ("distance_multiplier", 0.0),
    ];
}
