using CmEtl.Engine;

namespace CmEtl.Chaos.Nights.Events;

/// <summary>
/// Actions of operators and schedulers elsewhere: stops, resets, abandonments, second starts. Refused actions are not events.
/// </summary>
internal static class OperatorEvents
{
    public static IEnumerable<EventKind> All { get; } =
    [
        new("operator: stop", 4, EventTime.During, (n, _) => n.OperateAsync(e => e.StopAsync(null, abandon: false, force: false, "stop", default))),
        new("operator: abandon by force", 4, EventTime.During, (n, _) => n.OperateAsync(e => e.StopAsync(null, abandon: true, force: true, "abandon", default))),
        new("operator: reset by force", 5, EventTime.During, (n, _) => n.OperateAsync(e => e.ResetAsync(new ResetRequest { Force = true, Reason = "reset" }, default))),
        new("operator: reset", 3, EventTime.Anytime, (n, _) => n.OperateAsync(e => e.ResetAsync(new ResetRequest { Reason = "reset" }, default))),
        new("operator: one chunk", 3, EventTime.During, (n, e) => n.OperateAsync(engine => engine.ProcessChunkAsync(null, e.Choice % 6, default))),
        new("operator: second start", 4, EventTime.During, (n, _) => n.StartAsync(new StartRequest())),
        new("operator: second start anew", 2, EventTime.During, (n, _) => n.StartAsync(new StartRequest { New = true })),
        new("operator: join", 6, EventTime.During, async (n, _) => await n.StartAsync(new StartRequest { RunId = await n.NewestRunAsync() })),
        new("operator: second finish", 2, EventTime.During, (n, _) => OnNewestAsync(n, (e, run) => e.FinishAsync(run, default))),
        new("operator: second plan", 2, EventTime.During, (n, _) => OnNewestAsync(n, (e, run) => e.PlanAsync(run, default))),
        new("operator: an earlier run is reset", 6, EventTime.After, async (n, e) =>
        {
            if (await n.EarlierRunAsync(e.Choice) is { } run)
            {
                await n.OperateAsync(
                    engine => engine.ResetAsync(new ResetRequest { RunId = run, Force = e.Choice % 2 == 0, Reason = "reset" }, default));
            }
        }),
        new("operator: an earlier run is abandoned", 3, EventTime.After, async (n, e) =>
        {
            if (await n.EarlierRunAsync(e.Choice) is { } run)
            {
                await n.OperateAsync(engine => engine.StopAsync(run, abandon: true, force: true, "abandon", default));
            }
        }),
        new("operator: the run is reset", 3, EventTime.After, (n, _) => n.OperateAsync(e => e.ResetAsync(new ResetRequest { Force = true, Reason = "reset" }, default))),
        new("operator: a chunk of the run again", 3, EventTime.After, (n, e) => n.OperateAsync(engine => engine.ProcessChunkAsync(null, e.Choice % 6, default))),
    ];

    /// <summary>Does nothing if the night's run has not begun yet.</summary>
    private static async Task OnNewestAsync(Night night, Func<EtlEngine, string, Task> call)
    {
        if (await night.NewestRunAsync() is { } run)
        {
            await night.OperateAsync(engine => call(engine, run));
        }
    }
}
