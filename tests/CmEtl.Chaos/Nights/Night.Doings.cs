using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Chaos.Nights;

/// <summary>The actions of events in a night.</summary>
internal sealed partial class Night
{
    private readonly AsyncLocal<TaskCompletionSource?> _opened = new();
    private Func<Task> _cancel = () => Task.CompletedTask;

    /// <summary>Signals that the event has begun, as far as the run can notice. The event continues in parallel.</summary>
    public void Opened() => _opened.Value?.TrySetResult();

    public void Count(string kind) => tally.Happened(kind);

    /// <summary>Actions that end the effect of the event when the night has not succeeded or is over.</summary>
    public void Repair(string sql, bool inputs = false, string? mends = null) => _repairs.Add(
        () => inputs ? InputsAsync(sql, mends) : database.ExecuteAsync(sql));

    /// <summary>Runs a transaction on the tables that runs read.</summary>
    public Task LoadAsync(NightEvent e, string first, string then, string? broken = null, string? mends = null, string? repair = null)
    {
        if (repair is not null)
        {
            Repair(repair, inputs: true);
        }

        return inputs.ChangeAsync(first, async () =>
        {
            Opened();
            await Task.Delay(e.Milliseconds);
        }, then, broken, mends);
    }

    /// <summary>Runs a transaction of the application.</summary>
    public async Task WriteAsync(NightEvent e, string first, string then = "SELECT")
    {
        await using var connection = await database.ConnectAsync("application", plan.TimeZone);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(first, default);
        Opened();
        await Task.Delay(e.Milliseconds);
        await connection.ExecuteAsync(then, default);
        // The recorder noted the time of the write, but the time at which others could see it matters.
        await connection.ExecuteAsync("UPDATE chaos.history SET at = clock_timestamp() WHERE xid = pg_current_xact_id()", default);
        await transaction.CommitAsync();
    }

    /// <summary>Runs a statement in its own transaction that does not change any content.</summary>
    public Task MaintainAsync(string sql) => database.ExecuteAsync(sql, "owner");

    /// <summary>Changes definitions or settings.</summary>
    public Task DefineAsync(string sql) => database.ExecuteAsync(sql, "owner");

    /// <summary>Makes a call on another engine.</summary>
    public async Task OperateAsync(Func<EtlEngine, Task> call)
    {
        Opened();
        await using var engine = new EtlEngine(Settings, NullLoggerFactory.Instance);
        await call(engine).WaitAsync(Patience);
    }

    /// <summary>Makes another start in parallel. Its success is checked like that of the night's own run.</summary>
    public Task StartAsync(StartRequest request) => OperateAsync(async engine =>
    {
        var status = await engine.RunAsync(request, null, default);
        lock (_others)
        {
            _others.Add(status);
        }
    });

    public Task CancelAsync() => _cancel();

    public Task<string?> NewestRunAsync() => RunAsync("ORDER BY started_at DESC LIMIT 1");

    /// <summary>A run before the newest one.</summary>
    public Task<string?> EarlierRunAsync(int choice) => RunAsync($"ORDER BY started_at DESC OFFSET {1 + (choice % 2)} LIMIT 1");

    private async Task<string?> RunAsync(string order) =>
        await database.ReadAsync<string>($"SELECT coalesce((SELECT run_id FROM cm_etl.run {order}), '')") is { Length: > 0 } run ? run : null;

    private async Task RepairAsync()
    {
        foreach (var repair in _repairs)
        {
            await repair();
        }

        _repairs.Clear();
    }

    private Task InputsAsync(string sql, string? mends) => inputs.ChangeAsync(sql, () => Task.CompletedTask, "", broken: null, mends);

    private async Task<bool> IsStaleSafeAsync()
    {
        if (plan.AgedHours <= Settings.SweepSafeMaxAgeHours || await NewestRunAsync() is not { } run)
        {
            return false;
        }

        await using var engine = new EtlEngine(Settings, NullLoggerFactory.Instance);
        return (await engine.GetStatusAsync(run, default)).SweepSafe;
    }

    /// <summary>Lets a day pass, as far as the ledger can tell.</summary>
    private Task AgeAsync() => plan.AgedHours == 0 ? Task.CompletedTask : database.ExecuteAsync(
        $"""
        UPDATE cm_etl.run SET started_at = started_at - a, finished_at = finished_at - a, lease_until = lease_until - a, task01_at = task01_at - a, planned_at = planned_at - a, resumed_at = resumed_at - a, sweep_safe_until = sweep_safe_until - a
          FROM (SELECT interval '{plan.AgedHours} hours' AS a) AS aged;
        UPDATE cm_etl.chunk SET started_at = started_at - a, finished_at = finished_at - a, lease_until = lease_until - a, not_before = not_before - a
          FROM (SELECT interval '{plan.AgedHours} hours' AS a) AS aged;
        UPDATE chaos.history SET at = at - interval '{plan.AgedHours} hours'
        """);
}
