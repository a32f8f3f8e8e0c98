using CmEtl.Chaos.Faults;
using CmEtl.Chaos.Network;
using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Chaos.Nights;

/// <summary>
/// One night of a world: events before it, a start with events during it, further starts with repairs while it has not succeeded, events
/// after it, and a check of every reported success.
/// </summary>
internal sealed partial class Night(World world, NightPlan plan, WorldDatabase database, InputStates inputs, Tally tally, Control? control)
{
    private const int MostStarts = 3;

    /// <summary>A start that has not ended after this time hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection is held at most for the event that it triggered.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(150);

    private static readonly Control NoControl = new("nothing");

    private readonly List<Func<Task>> _repairs = [];
    private readonly List<Task> _background = [];
    private readonly List<EtlStatus> _others = [];
    private DateTime _lastSnapshot = DateTime.MaxValue;
    private readonly Judge _judge = new(database, inputs, world.Delta);

    public World World => world;

    public WorldDatabase Database => database;

    private EtlSettings Settings => (control ?? NoControl).Settings(database.Settings with
    {
        SessionTimeZone = plan.TimeZone, MarkMode = world.MarkMode, SkipUnchanged = world.SkipUnchanged, Delta = world.Delta,
    });

    /// <returns>The reasons why its success is false; empty when there are none.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await AgeAsync();
        if (await IsStaleSafeAsync())
        {
            return [$"the last run still counts as sweep-safe after {plan.AgedHours} hours"];
        }

        await inputs.BeginNightAsync(plan.TimeZone, TimeSpan.FromHours(plan.AgedHours));
        foreach (var e in plan.Before)
        {
            await HappenAsync(e, null);
        }

        for (var start = 1; start <= MostStarts; start++)
        {
            var outcome = await AttemptAsync(new StartRequest { New = plan.New && start == 1 }, start == 1 ? plan.During : []);
            if (await GreenAsync(outcome.Status) is { } run)
            {
                tally.Green(start);
                var wrong = await _judge.FindAsync(run, outcome.Status?.RunId == run.RunId ? _lastSnapshot : DateTime.MaxValue);
                return wrong.Count > 0 ? wrong : await AfterAsync(run);
            }

            tally.Red(outcome.Reason);
            if (outcome.Hung)
            {
                return [$"did not end within {Patience.TotalSeconds} s"];
            }

            await RepairAsync();
        }

        tally.NeverGreen();
        return [];
    }

    private bool IsSuccess(EtlStatus status) =>
        RunEnd.ProblemOf(status) is null || (control is { CompletedIsSuccess: true } && status.State == RunState.Completed);

    /// <summary>The run that reported a success, unless another run was begun after it.</summary>
    private async Task<EtlStatus?> GreenAsync(EtlStatus? own)
    {
        var green = _others.Append(own).OfType<EtlStatus>().Where(s => IsSuccess(s)).Select(s => s.RunId).ToHashSet();
        if (green.Count == 0 || await NewestRunAsync() is not { } newest || !green.Contains(newest))
        {
            return null;
        }

        await using var engine = new EtlEngine(Settings, NullLoggerFactory.Instance);
        return await engine.GetStatusAsync(newest, default);
    }

    private async Task<IReadOnlyList<string>> AfterAsync(EtlStatus run)
    {
        await RepairAsync();
        foreach (var e in plan.After)
        {
            await HappenAsync(e, null);
        }

        if (plan.After.Count == 0)
        {
            return [];
        }

        await Task.WhenAll(_background);
        await using var engine = new EtlEngine(Settings, NullLoggerFactory.Instance);
        var status = await engine.GetStatusAsync(null, default);
        return status.RunId == run.RunId && IsSuccess(status) ? await _judge.FindAsync(status, _lastSnapshot) : [];
    }

    private async Task<(EtlStatus? Status, string Reason, bool Hung)> AttemptAsync(StartRequest request, IReadOnlyList<NightEvent> events)
    {
        using var proxy = new ChaosProxy(database.Settings.Port);
        await using var engine = new EtlEngine(Settings with { Host = "127.0.0.1", Port = proxy.Port }, NullLoggerFactory.Instance);
        using var cancel = new CancellationTokenSource();
        _cancel = cancel.CancelAsync;
        using var over = new CancellationTokenSource();
        var running = Task.Run(() => engine.RunAsync(request, null, cancel.Token));
        var happening = HappenAsync(events, proxy, over.Token);
        try
        {
            var status = await running.WaitAsync(Patience);
            return (status, RunEnd.ProblemOf(status)?.ErrorId ?? "", false);
        }
        catch (CmEtlException error)
        {
            return (null, error.ErrorId, false);
        }
        catch (OperationCanceledException)
        {
            return (null, "cancelled", false);
        }
        catch (TimeoutException)
        {
            return (null, "hung", true);
        }
        finally
        {
            _lastSnapshot = proxy.LastSnapshot;
            await over.CancelAsync();
            await happening;
            await Task.WhenAll(_background).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _cancel = () => Task.CompletedTask;
        }
    }

    /// <summary>Executes the events one after the other, each when the run reaches its point.</summary>
    private async Task HappenAsync(IReadOnlyList<NightEvent> events, ChaosProxy proxy, CancellationToken over)
    {
        foreach (var e in events)
        {
            var point = PausePoint.Night.First(p => p.Name == e.Point);
            var trap = proxy.Set(point == PausePoint.Mark && world.MarkMode == MarkMode.SinglePass ? PausePoint.Update : point, e.Skip);
            await Task.WhenAny(trap.Caught, Task.Delay(Timeout.Infinite, over));
            if (trap.Disarm())
            {
                trap.Release();
                tally.Missed(e.Kind);
                continue;
            }

            var event_ = new TaskCompletionSource();
            _opened.Value = event_;
            var happening = HappenAsync(e, await trap.Caught);
            _opened.Value = null;
            await Task.WhenAny(happening, event_.Task, Task.Delay(LongestHold, CancellationToken.None));
            trap.Release();
            _background.Add(happening);
        }
    }

    private async Task HappenAsync(NightEvent e, ProxiedConnection? at)
    {
        try
        {
            await EventCatalog.Get(e.Kind).Action(this, e, at);
            tally.Happened(e.Kind);
        }
        catch (Exception error) when (error is NpgsqlException or CmEtlException or OperationCanceledException or TimeoutException)
        {
            // A loader that cannot get its lock and an operator who is refused also happen in practice.
            tally.Refused(e.Kind, error is PostgresException p ? p.SqlState : error is CmEtlException c ? c.ErrorId : error.GetType().Name);
        }
    }
}
