using CmEtl.Engine;
using CmEtl.Engine.Tests.Model;
using Npgsql;

namespace CmEtl.Chaos.Nights;

/// <summary>The tables that a run reads, as they were committed at one time.</summary>
internal sealed class InputState
{
    /// <summary>The model for this state.</summary>
    public required ReferenceInputs Inputs { get; init; }

    /// <summary>The earliest time at which it may have been visible.</summary>
    public required DateTime From { get; set; }

    /// <summary>The latest time at which it may have been visible.</summary>
    public DateTime To { get; set; } = DateTime.MaxValue;

    /// <summary>Tables that lack rows because of a failed load, and whether they have any rows left.</summary>
    public IReadOnlyDictionary<string, bool> Broken { get; init; } = new Dictionary<string, bool>();

    /// <summary>The model for the last state before the first of these loads.</summary>
    public required ReferenceInputs Intact { get; init; }
}

/// <summary>All committed states of the tables that the runs of a world read. Every change of these tables is made here.</summary>
internal sealed class InputStates(WorldDatabase database) : IDisposable
{
    private readonly List<InputState> _states = [];
    private readonly SemaphoreSlim _one = new(1);

    public string Zone { get; private set; } = "UTC";

    private InputState Newest => _states[^1];

    public List<InputState> Between(DateTime from, DateTime to) => [.. _states.Where(s => s.To >= from && s.From <= to)];

    /// <summary>Begins a night, in its own time zone, some time after the previous one.</summary>
    public async Task BeginNightAsync(string zone, TimeSpan later)
    {
        foreach (var state in _states)
        {
            state.From -= later;
            state.To = state.To == DateTime.MaxValue ? state.To : state.To - later;
        }

        if (_states.Count > 0 && zone == Zone)
        {
            return;
        }

        Zone = zone;
        await using var connection = await database.ConnectAsync("loader", zone);
        var inputs = await LoadAsync(connection);
        var now = DateTime.UtcNow;
        if (_states.Count > 0)
        {
            Newest.To = now;
        }

        _states.Add(new InputState { Inputs = inputs, From = now, Intact = inputs });
    }

    /// <summary>One transaction of a loader.</summary>
    /// <param name="first">Its first action.</param>
    /// <param name="between">What it then waits for.</param>
    /// <param name="then">Its action before the commit.</param>
    /// <param name="broken">A table that it leaves without its rows.</param>
    /// <param name="mends">A table that gets its rows back.</param>
    public async Task ChangeAsync(string first, Func<Task> between, string then, string? broken, string? mends)
    {
        await _one.WaitAsync();
        try
        {
            await using var connection = await database.ConnectAsync("loader", Zone);
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(first, default);
            await between();
            if (then.Length > 0)
            {
                await connection.ExecuteAsync(then, default);
            }

            var before = DateTime.UtcNow;
            await transaction.CommitAsync();
            Newest.To = DateTime.UtcNow;
            var inputs = await LoadAsync(connection);
            var damage = new Dictionary<string, bool>(Newest.Broken.Where(b => b.Key != mends));
            if (broken is not null)
            {
                damage[broken] = (await connection.QueryAsync($"SELECT EXISTS (SELECT FROM {broken})", r => r.GetBoolean(0), default)).Single();
            }

            _states.Add(new InputState
            {
                Inputs = inputs, From = before, Broken = damage, Intact = damage.Count == 0 ? inputs : Newest.Intact,
            });
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static async Task<ReferenceInputs> LoadAsync(NpgsqlConnection connection)
    {
        var today = (await connection.QueryAsync("SELECT current_date", r => r.GetFieldValue<DateOnly>(0), default)).Single();
        return await ReferenceInputs.LoadAsync(connection, new Window(today.AddYears(-2), today.AddDays(30)));
    }
}
