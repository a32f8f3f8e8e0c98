using System.Diagnostics;
using CmEtl.Chaos.Faults;
using CmEtl.Chaos.Network;
using CmEtl.Chaos.Processes;
using CmEtl.Chaos.World;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Chaos;

/// <summary>A place for a worker: one process after the other, each with the next faults of the plan, until the run has ended.</summary>
internal sealed class WorkerSlot(
    ChaosDatabase database, EtlSettings settings, WorkerKind kind, string runId, FaultPlan plan, ChaosCounts counts)
{
    /// <summary>How long to wait for a worker at a point. It may have no work, or hang on a dead connection.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>A worker that reaches no point for this time is killed.</summary>
    private static readonly TimeSpan LastPatience = 5 * Patience;

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var worker = WorkerProcess.Start(kind, runId, settings);
            await FollowAsync(worker, over);
            if (worker.Completed)
            {
                return;
            }
        }
    }

    private async Task FollowAsync(WorkerProcess worker, CancellationToken over)
    {
        var idle = Stopwatch.StartNew();
        while (!worker.Exit.IsCompleted && !over.IsCancellationRequested)
        {
            if (!plan.TryTake(out var fault))
            {
                await Task.WhenAny(worker.Exit, Task.Delay(Timeout.Infinite, over));
                return;
            }

            if (await InflictAsync(fault, worker, over))
            {
                idle.Restart();
                counts.Add(fault.Kind);
                if (fault.Kind == FaultKind.Kill)
                {
                    return;
                }
            }
            else
            {
                plan.Return(fault);
                if (idle.Elapsed > LastPatience)
                {
                    counts.AddPutDown();
                    return;
                }
            }
        }
    }

    /// <returns>False when the worker did not reach the point.</returns>
    private async Task<bool> InflictAsync(Fault fault, WorkerProcess worker, CancellationToken over)
    {
        if (fault.Point is null)
        {
            await Task.WhenAny(worker.Exit, Task.Delay(fault.Milliseconds, over));
            return !worker.Exit.IsCompleted && await InflictAsync(fault, worker, worker.Proxy.Any, () => { });
        }

        var trap = worker.Proxy.Set(fault.Point, fault.Skip);
        await Task.WhenAny(trap.Caught, worker.Exit, Task.Delay(Patience, over));
        if (trap.Disarm())
        {
            return false;
        }

        try
        {
            return await InflictAsync(fault, worker, await trap.Caught, trap.Release);
        }
        finally
        {
            trap.Release();
        }
    }

    private async Task<bool> InflictAsync(Fault fault, WorkerProcess worker, ProxiedConnection? connection, Action release)
    {
        // Before the message is passed on, because its answer may arrive first.
        if (fault.Kind == FaultKind.DropReply)
        {
            connection?.DropReply();
            return connection is not null;
        }

        if (fault.Delivered)
        {
            release();
        }

        switch (fault.Kind)
        {
            case FaultKind.Kill:
                worker.Kill();
                return true;
            case FaultKind.Freeze:
                worker.Freeze();
                await Task.Delay(fault.Milliseconds);
                worker.Thaw();
                if (fault.Milliseconds > settings.LeaseSeconds * 1_000)
                {
                    counts.AddZombie();
                }

                return true;
            case FaultKind.Delay:
                await Task.Delay(fault.Milliseconds);
                return true;
            case FaultKind.Terminate:
                return connection is not null && await TerminateAsync(connection);
            case FaultKind.Cut:
                connection?.Cut();
                return connection is not null;
            case FaultKind.BlackHole:
                connection?.Silence();
                return connection is not null;
            default:
                throw new InvalidOperationException($"{fault.Kind} is not known.");
        }
    }

    private async Task<bool> TerminateAsync(ProxiedConnection connection)
    {
        try
        {
            return await database.ReadAsync<long>(
                $"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE client_port = {connection.ServerSidePort}", CancellationToken.None) > 0;
        }
        catch (NpgsqlException)
        {
            // The server is being restarted.
            return false;
        }
    }
}
