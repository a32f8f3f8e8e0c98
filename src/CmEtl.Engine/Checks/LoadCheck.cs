namespace CmEtl.Engine;

/// <summary>Whether the analytics tables are loaded, and when.</summary>
internal static class LoadCheck
{
    public static async Task RunAsync(CheckContext context, Freshness freshness, CancellationToken cancel)
    {
        foreach (var (relation, what) in await context.ReadAsync(
            "checks/empty_tables", r => (r.Get<string>("relation"), r.Get<string>("what")), cancel))
        {
            context.Warn("Empty tables", $"{relation} contains no {what}: no pair can be confirmed, and the run will not be sweep-safe.", "Load the table first.");
        }

        context.Findings.AddRange(await freshness.CheckAsync(cancel));
    }
}
