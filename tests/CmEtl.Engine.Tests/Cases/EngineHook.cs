using CmEtl.Engine.Tests.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>
/// The only place in Model/ and Cases/ that calls the engine. It makes a whole run through EtlEngine, in several chunks if there are enough
/// rows, with a role that has only the worker's rights.
/// </summary>
public static class EngineHook
{
    public static async Task<RunCounters> RunTask02Async(NpgsqlConnection connection, Window window)
    {
        var status = await RunAsync(connection, window);
        return new RunCounters(
            status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred, status.RowsConfirmed, status.RowsUnconfirmed,
            status.RowsDeferred,
            status.RowsDoubtful, status.GpsRejects, status.UnusableValues, status.WidthCuts);
    }

    public static async Task<Task01Counters> RunTask01Async(NpgsqlConnection connection, Window window)
    {
        var status = await RunAsync(connection, window);
        return new Task01Counters(status.RemindersAdded!.Value, status.RemindersChanged!.Value, status.SnapshotRows!.Value,
            SettingsRows: 1);
    }

    private static async Task<EtlStatus> RunAsync(NpgsqlConnection connection, Window window)
    {
        var target = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
        var owner = new EtlSettings
        {
            Host = target.Host!, Port = target.Port, Database = target.Database!, User = target.Username!, Password = target.Password,
            TargetChunkSize = 1_500, MaxConcurrency = 2,
        };
        await using var initializer = new EtlEngine(owner, NullLoggerFactory.Instance);
        await initializer.InitializeAsync(indexes: true, CancellationToken.None);
        await RoleScript.CreateWorkerAsync(connection);
        var worker = owner with { User = RoleScript.Worker, Password = RoleScript.Password };
        await using var engine = new EtlEngine(worker, NullLoggerFactory.Instance);
        var status = await engine.RunAsync(new StartRequest { New = true }, null, CancellationToken.None);
        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        Assert.Equal(window, new Window(status.WindowFrom, status.WindowTo));
        return status;
    }
}
