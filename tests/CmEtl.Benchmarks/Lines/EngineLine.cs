using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>A line with its own engine, whose connections end with the line.</summary>
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

    /// <summary>Changed settings of the line.</summary>
    protected virtual EtlSettings Change(EtlSettings settings) => settings;

    public override async ValueTask DisposeAsync()
    {
        await (_parts?.DisposeAsync() ?? ValueTask.CompletedTask);
        await base.DisposeAsync();
    }
}
