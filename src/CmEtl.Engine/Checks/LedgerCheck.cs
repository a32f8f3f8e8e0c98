namespace CmEtl.Engine;

/// <summary>Whether the ledger is there and this program's.</summary>
internal static class LedgerCheck
{
    private const string Remedy = "Run Initialize-CmEtlDatabase.";

    public static async Task RunAsync(CheckContext context, LedgerMigrator migrator, CancellationToken cancel)
    {
        var schema = context.Settings.LedgerSchema;
        switch (await migrator.ReadAsync(context.Connection, cancel))
        {
            case { Refusal: { } refusal }:
                context.Error("Ledger", refusal.Message, refusal.Remedy);
                break;
            case { Exists: false }:
                context.Error("Ledger", $"There is no ledger in schema {schema}.", Remedy);
                break;
            case { Missing: { Count: > 0 } missing }:
                context.Error("Ledger", $"The ledger in schema {schema} lacks {string.Join(", ", missing.Select(m => m.Name))}.", Remedy);
                break;
            case { ViewsCurrent: false }:
                context.Error("Ledger", $"The views of the ledger in schema {schema} are missing or those of another version.", Remedy);
                break;
        }

        foreach (var index in await migrator.MissingIndexesAsync(cancel))
        {
            context.Warn("Indexes", $"Index {index} is missing; chunks read more than their own rows.", "Run Initialize-CmEtlDatabase -Indexes.");
        }
    }
}
