namespace CmEtl.Engine.Tests.Engine;

/// <summary>Hostile text in place of a name or a reason causes a clear error that names the field, or does no harm.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class HostileInputTests(EngineServer server)
{
    public static TheoryData<string> TextSettings =>
        [.. SettingTable.All.Where(d => d.Apply(new EtlSettings(), "text") is not null).Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(TextSettings))]
    public async Task A_setting_is_refused_by_name_or_leads_nowhere(string name)
    {
        await using var database = await server.CopyAsync();
        var before = await TableHash.OfPairsAsync(database);
        foreach (var (kind, text) in HostileText.All)
        {
            var error = await Refusal.OfAsync(kind, async () =>
            {
                var settings = Refusal.Load(name, text);
                await using var engine = new EtlEngine(Refusal.Over(database.Settings, settings, name), database.Log);
                await engine.GetServerVersionAsync(default);
                await engine.CheckAsync(default);
                await engine.GetRunsAsync(10, default);
            });
            // An invalid host cannot be distinguished from one that is unavailable.
            Assert.True(error is null || name == "host" || $"{error.Message} {error.Remedy}".Contains(name, StringComparison.Ordinal), $"{kind}: {error?.Message}");
        }

        Assert.Equal(before, await TableHash.OfPairsAsync(database));
    }

    [Fact]
    public async Task A_run_id_is_refused_by_name_or_a_run_like_any_other()
    {
        await using var database = await server.CopyAsync();
        var before = await TableHash.OfPairsAsync(database);
        var engine = database.Engine();
        foreach (var (kind, text) in HostileText.All)
        {
            Func<Task>[] calls =
            [
                () => engine.GetStatusAsync(text, default), () => engine.GetChunksAsync(text, default), () =>
                    engine.PlanAsync(text, default),
                () => engine.RunTask01Async(text, default), () => engine.FinishAsync(text, default), () =>
                    engine.ProcessChunkAsync(text, 0, default),
                () => engine.StopAsync(text, true, true, "", default), () =>
                    engine.PreviewResetAsync(new ResetRequest { RunId = text }, default),
                () => engine.ResetAsync(new ResetRequest { RunId = text }, default), () =>
                    engine.BeginAsync(new StartRequest { RunId = text, New = true }, default),
            ];
            foreach (var call in calls)
            {
                var error = await Refusal.OfAsync(kind, call);
                Assert.True(error is null || error.ErrorId is "RunNotFound" or "RunActive" || error.Subject == "run_id", $"{kind}: {error?.Message}");
            }

            if (RunId.IsValid(text))
            {
                Assert.Equal(text, (await engine.StopAsync(text, true, true, "", default)).RunId);
            }
        }

        Assert.Equal(before, await TableHash.OfPairsAsync(database));
        Assert.Equal(RunState.Completed, (await database.RunAsync(new StartRequest { RunId = "-_Aa0" })).State);
    }

    [Fact]
    public async Task A_reason_is_refused_by_name_or_stored_unchanged()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        var run = (await database.RunAsync()).RunId;
        var engine = database.Engine();
        var kept = 0;
        foreach (var (kind, text) in HostileText.All)
        {
            var error = await Refusal.OfAsync(kind, () => engine.ResetAsync(new ResetRequest { Reason = text }, default));
            Assert.True(error is null or { Subject: "reason" }, kind);
            Assert.Equal(error is null, await Refusal.OfAsync(kind, () => engine.StopAsync(run, false, false, text, default)) is null);
            await database.ExecuteAsync("UPDATE cm_etl.chunk SET state = 'failed'");
            kept += error is null && text.Length > 0 ? 1 : 0;
        }

        Assert.Equal(kept, await database.ReadAsync<long>("SELECT count(DISTINCT reason) FROM cm_etl.event WHERE kind = 'chunk reset' AND reason <> ''"));
    }

    /// <summary>The settings file allows fewer names than PostgreSQL. Names that it does not allow are quoted too.</summary>
    [Theory]
    [InlineData("Select$_9", true)]
    [InlineData("odd \"схема\"'; --:x $$ ${x}", false)]
    public async Task An_odd_schema_name_works_end_to_end(string name, bool allowed)
    {
        await using var database = await server.CopyAsync();
        await using var plain = await server.CopyAfterRunAsync();
        var quoted = SqlLibrary.Quote(name);
        await database.ExecuteAsync($"ALTER SCHEMA conflict RENAME TO {quoted}");
        await database.CompleteAsync(change: s => s with { ConflictSchema = name });
        await database.ExecuteAsync($"ALTER SCHEMA {quoted} RENAME TO conflict");
        Assert.Equal(await TableHash.OfPairsAsync(plain), await TableHash.OfPairsAsync(database));
        if (allowed)
        {
            Assert.Equal(name, Refusal.Load("conflict_schema", name).ConflictSchema);
        }
        else
        {
            Assert.Throws<CmEtlException>(() => Refusal.Load("conflict_schema", name));
        }
    }
}
