using CmEtl.Chaos.Faults;

namespace CmEtl.Chaos.Network;

/// <summary>Waits for a worker at a point. The connection is held from the time it is caught until it is released.</summary>
internal sealed class Trap(PausePoint point, int skip)
{
    private readonly TaskCompletionSource<ProxiedConnection> _caught = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = skip;

    /// <summary>The connection that reached the point.</summary>
    public Task<ProxiedConnection> Caught => _caught.Task;

    public Task Released => _released.Task;

    /// <summary>Whether this is the expected message.</summary>
    public bool Springs(ProxiedConnection connection, ReadOnlySpan<byte> message) =>
        point.IsIn(message) && Interlocked.Decrement(ref _left) == -1 && _caught.TrySetResult(connection);

    public void Release() => _released.TrySetResult();

    /// <summary>Disarms the trap.</summary>
    /// <returns>False when it has already caught a connection.</returns>
    public bool Disarm() => _caught.TrySetCanceled();
}
