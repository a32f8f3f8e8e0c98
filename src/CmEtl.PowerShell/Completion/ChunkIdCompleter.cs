using System.Collections;
using System.Globalization;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Completes numbers of chunks that are not done, of the run typed so far or the newest run.</summary>
public sealed class ChunkIdCompleter : LedgerCompleter
{
    private protected override async Task<IEnumerable<Choice>> FindAsync(EtlEngine engine, IDictionary bound, CancellationToken cancel) =>
        (await engine.GetChunksAsync(Text(bound, "RunId"), cancel)).Where(c => c.State != ChunkState.Done).Select(c => new Choice(
            c.ChunkId.ToString(CultureInfo.InvariantCulture), string.Create(
                CultureInfo.InvariantCulture,
                $"{c.State}, {c.EstimatedRows:N0} rows, {c.FromDate:yyyy-MM-dd} to {c.ToDate:yyyy-MM-dd}{(c.Error.Length > 0 ? $": {c.Error}" : "")}")));
}
