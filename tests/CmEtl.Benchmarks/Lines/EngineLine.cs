using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>A line that works with the engine's own connections, which end with the line.</summary>
internal abstract class EngineLine(string name, int connections, string reference, MarkMode mode = MarkMode.SinglePass)
    : Line(name, connections, reference)
{
    private EngineParts? _parts;

    protected EngineParts Parts => _parts!;

    public override Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        _parts = new EngineParts(Change(bench.Settings(Connections, mode)));
        return Task.CompletedTask;
    }

    /// <summary>What the line sets otherwise.</summary>
    protected virtual EtlSettings Change(EtlSettings settings) => settings;

    public override async ValueTask DisposeAsync()
    {
        await (_parts?.DisposeAsync() ?? ValueTask.CompletedTask);
        await base.DisposeAsync();
    }
}
