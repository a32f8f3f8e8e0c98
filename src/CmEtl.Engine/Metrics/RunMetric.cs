namespace CmEtl.Engine;

/// <summary>A gauge of a run for monitoring systems.</summary>
/// <param name="Name">Name according to the conventions of Prometheus, with the unit at its end.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Values">Its values, each with labels in addition to those of the run.</param>
internal sealed record RunMetric(string Name, string Help, Func<EtlStatus, IEnumerable<(string Labels, double? Value)>> Values)
{
    /// <summary>All metrics. A test verifies that the dashboard in monitoring/ uses no others.</summary>
    public static IReadOnlyList<RunMetric> All { get; } =
    [
        new("cmetl_run_info", "The newest run; its id and mode are labels.", s => [($"run_id=\"{s.RunId}\",phase=\"{s.Phase}\",mark_mode=\"{s.MarkMode}\"", 1)]),
        new("cmetl_run_state", "1 for the current state of the run.", s =>
            Enum.GetValues<RunState>().Select(v => ($"state=\"{v}\"", (double?)(v == s.State ? 1 : 0)))),
        One("cmetl_run_success", "Whether the run is completed and sweep-safe and no hook failed.", s => RunEnd.ProblemOf(s) is null ? 1 : 0),
        One("cmetl_run_sweep_safe", "Whether later tasks may rely on the run.", s => s.SweepSafe ? 1 : 0),
        One("cmetl_run_suspended", "Whether the run is suspended.", s => s.SuspendedAt is null ? 0 : 1),
        One("cmetl_run_start_timestamp_seconds", "Start of the run by the database clock.", s => Seconds(s.StartedAt)),
        One("cmetl_run_end_timestamp_seconds", "End of the run by the database clock; missing while it is running.", s => Seconds(s.FinishedAt)),
        One("cmetl_run_duration_seconds", "Time since the start of the run, or its duration after it has ended.", s => s.Elapsed.TotalSeconds),
        One("cmetl_run_progress_ratio", "Share of the planned rows that are processed, 0 to 1.", s => s.PercentComplete / 100),
        One("cmetl_run_eta_seconds", "Estimated time to the end; missing when unknown.", s => s.Eta?.TotalSeconds),
        One("cmetl_run_rows_per_second", "Rows per second over the last minute of work.", s => s.RowsPerSecond),
        new("cmetl_run_chunks", "Chunks by state.", s =>
        [
            ("state=\"pending\"", s.ChunksPending), ("state=\"processing\"", s.ChunksProcessing), ("state=\"done\"", s.ChunksDone),
            ("state=\"failed\"", s.ChunksFailed), ("state=\"stuck\"", s.ChunksStuck),
        ]),
        One("cmetl_run_rows_planned", "Rows in the plan.", s => s.RowsPlanned),
        new("cmetl_run_rows", "Rows by result.", s =>
        [
            ("kind=\"confirmed\"", s.RowsConfirmed), ("kind=\"unchanged\"", s.RowsUnchanged), ("kind=\"unconfirmed\"", s.RowsUnconfirmed),
            ("kind=\"deferred\"", s.RowsDeferred), ("kind=\"doubtful\"", s.RowsDoubtful), ("kind=\"locked\"", s.RowsLocked),
        ]),
        One("cmetl_run_gps_rejects", "GPS texts that could not be read.", s => s.GpsRejects),
        One("cmetl_run_unusable_values", "Days, times and numbers that could not be used.", s => s.UnusableValues),
    ];

    private static RunMetric One(string name, string help, Func<EtlStatus, double?> value) => new(name, help, s => [("", value(s))]);

    private static double? Seconds(DateTimeOffset? moment) => moment is { } m ? m.ToUnixTimeMilliseconds() / 1_000.0 : null;
}
