namespace CmEtl.Engine;

/// <summary>The small tables that affect every pair: settings and speed bands.</summary>
internal static class ReferenceDataCheck
{
    public static async Task RunAsync(CheckContext context, CancellationToken cancel)
    {
        await SettingsRowAsync(context, cancel);
        await SpeedBandsAsync(context, cancel);
    }

    private static async Task SettingsRowAsync(CheckContext context, CancellationToken cancel)
    {
        var schema = context.Settings.ConflictSchema;
        var (rows, withId1, usable, inProgress) = (await context.ReadAsync(
            "checks/settings_rows",
            r => (r.Get<long>("rows"), r.Get<long>("with_id_1"), r.Get<long>("with_multiplier"), r.Get<long>("in_progress")), cancel)).Single();
        var single = (await context.ReadAsync("task02/distance_multiplier", r => r.GetDouble(0), cancel)).Count == 1;
        if (!single)
        {
            context.Error(
                "Settings row", $"{schema}.settings has {rows} rows, {withId1} with ID 1, {usable} with a usable ExtraDistancePer.",
                ChunkStatements.SettingsRemedy);
        }
        else if (rows > 1)
        {
            context.Warn("Settings row", $"{schema}.settings has {rows} rows; the one with ID 1 is used.", "Delete the others.");
        }

        if (inProgress > 0)
        {
            context.Info("In progress", "settings.InProgressFlag shows that a refresh is running.");
        }
    }

    private static async Task SpeedBandsAsync(CheckContext context, CancellationToken cancel)
    {
        var mph = (await context.ReadAsync(
            "checks/mph",
            r => (Bands: r.Get<long>("bands"), Unusable: r.Get<long>("unusable"), Overlaps: r.Get<long>("overlaps"),
                Touching: r.Get<long>("touching"), Gaps: r.Get<long>("gaps")), cancel)).Single();
        const string Remedy = "Correct the bands on the admin screen. Rule 7 never holds for a distance without a speed.";
        if (mph.Bands == 0 || mph.Unusable > 0)
        {
            context.Warn("Speed bands", $"mph has {mph.Bands} bands, {mph.Unusable} of them without a usable range or speed.", Remedy);
        }

        if (mph.Overlaps + mph.Touching > 0)
        {
            context.Warn("Speed bands", $"{mph.Overlaps} mph bands overlap and {mph.Touching} share a bound; the band with the lower From is used.", Remedy);
        }

        if (mph.Gaps > 0)
        {
            context.Info("Speed bands", $"mph has {mph.Gaps} gaps between bands; distances in a gap have no speed.");
        }
    }
}
