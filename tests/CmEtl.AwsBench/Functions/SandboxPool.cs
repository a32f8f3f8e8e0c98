using System.Collections.Concurrent;

namespace CmEtl.AwsBench;

/// <summary>The sandboxes of one version: one per concurrent invocation. Idle ones are reused.</summary>
/// <param name="settings">Settings of the sandboxes.</param>
/// <param name="zip">The package.</param>
/// <param name="log">Called with each line they write.</param>
internal sealed class SandboxPool(SandboxSettings settings, byte[] zip, Action<string> log) : IDisposable
{
    private readonly Lazy<FunctionFolder> _folder = new(() => new FunctionFolder(zip));
    private readonly ConcurrentBag<LambdaSandbox> _idle = [];
    private readonly ConcurrentBag<LambdaSandbox> _all = [];

    public IReadOnlyCollection<LambdaSandbox> All => _all;

    public async Task<InvokeResult> InvokeAsync(byte[] payload)
    {
        LambdaSandbox sandbox;
        try
        {
            sandbox = Take();
        }
        catch (InvalidDataException error)
        {
            return InvokeResult.Error("Runtime.InvalidEntrypoint", error.Message);
        }

        var result = await sandbox.InvokeAsync(payload);
        if (sandbox.Alive)
        {
            _idle.Add(sandbox);
        }

        return result;
    }

    public void Dispose()
    {
        foreach (var sandbox in _all)
        {
            sandbox.Dispose();
        }

        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }
    }

    private LambdaSandbox Take()
    {
        while (_idle.TryTake(out var warm))
        {
            if (warm.Alive)
            {
                return warm;
            }
        }

        var cold = new LambdaSandbox(settings, _folder.Value, log);
        _all.Add(cold);
        return cold;
    }
}
