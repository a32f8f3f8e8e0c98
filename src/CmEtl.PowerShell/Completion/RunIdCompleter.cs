using System.Collections;
using System.Globalization;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Completes ids of runs, newest first.</summary>
public sealed class RunIdCompleter : LedgerCompleter
{
    private const int Newest = 50;

    private protected override async Task<IEnumerable<Choice>> FindAsync(EtlEngine engine, IDictionary bound, CancellationToken cancel) =>
        (await engine.GetRunsAsync(Newest, cancel)).Select(r => new Choice(r.RunId, string.Create(
            CultureInfo.InvariantCulture, $"{r.State}, started {r.StartedAt:yyyy-MM-dd HH:mm}, {r.ChunksDone} of {r.ChunksTotal} chunks done")));
}
