namespace CmEtl.Engine.Tests.Cases;

/// <summary>Rows that make every step of Task 01 visible.</summary>
public static class Task01Scenario
{
    public static async Task ArrangeAsync(ScenarioBuilder world)
    {
        await world.PairAsync(row: r => r.Set("StatusFlag", "W"));
        await world.PairAsync(row: r => r.Set("VisitDate", ScenarioBuilder.Window.From));
        await world.PairAsync(row: r => r.Set("VisitDate", ScenarioBuilder.Window.To));
        await world.PairAsync(row: r => r.Set("VisitDate", ScenarioBuilder.Window.From.AddDays(-1)));
        await world.PairAsync(row: r => r.Set("VisitDate", ScenarioBuilder.Window.To.AddDays(1)));
        await world.PairAsync(row: r => r.Set("VisitDate", null));
        await world.PairAsync(row: r => r.Set("CONFLICTID", null));
        await world.PairAsync(row: r => r.Set("CONFLICTID", 99));
        await world.PairAsync(row: r => r.Set("PTOStartDate", ScenarioBuilder.At("08:00")));

        await world.InsertAsync("dimprovider", ("Provider Id", "long"), ("Application Provider Id", 77),
            ("Provider Name", new string('p', 150)));
        await world.InsertAsync("dimpayer", ("Payer Id", "demo"), ("Application Payer Id", 88), ("Payer Name", "Demo"), ("Is Demo", true));
        await RelateAsync(world, "Payer-1", "Provider-1");
        await RelateAsync(world, "Payer-1", "Provider-2");
        await RelateAsync(world, "Payer-2", "Provider-1");
        await RelateAsync(world, "demo", "long");
        await RelateAsync(world, "nobody", "Provider-1");
        await RelateAsync(world, "Payer-1", "nobody");

        await RemindAsync(world, 1, "Payer-1", "Provider-1", "Payer 1", "Provider 1");
        await RemindAsync(world, 2, "Payer-1", "Provider-2", "old", "Provider 2");
        await RemindAsync(world, 3, "Payer-1", "Provider-2", "old", null);
        await RemindAsync(world, 4, "Payer-2", "Provider-2", "kept", "kept");
        await RemindAsync(world, 5, null, "Provider-1", "kept", "kept");
        // IDs were assigned by hand. Without an update of the sequence the next reminder would collide.
        await world.AdvanceReminderIdsAsync(5);
    }

    private static Task RelateAsync(ScenarioBuilder world, string payer, string provider) =>
        world.InsertAsync("dimpayerprovider", ("Payer Id", payer), ("Provider Id", provider),
            ("Application Payer Id", world.NextNumber()), ("Application Provider Id", world.NextNumber()));

    private static Task RemindAsync(ScenarioBuilder world, int id, string? payer, string provider, string contract, string? name) =>
        world.InsertAsync("payer_provider_reminders", ("ID", id), ("PayerID", payer), ("AppPayerID", "kept"), ("Contract", contract),
            ("ProviderID", provider), ("ProviderName", name), ("CreatedDateTime", ScenarioBuilder.At("00:00")), ("NumberOfDays", 9));
}
