namespace CmEtl.Engine;

/// <summary>Whether the ledger exists and matches this version, and whether the recommended indexes exist.</summary>
internal static class LedgerCheck
{
    private const string Remedy = "Create or upgrade the ledger.";

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

        foreach (var index in (await migrator.Indexes.StepsAsync(context.Connection, cancel)).GroupBy(i => i.Index))
        {
            var step = index.First();
            context.Warn(
                "Indexes",
                $"Index {index.Key} {(step.Broken ? "is not usable: its build was interrupted, or it is another index of that name" : "is missing")}; "
                + "chunks read more than their own rows.",
                $"Create the index as {step.Owner}, the owner of {step.Relation}.");
        }
    }
}
