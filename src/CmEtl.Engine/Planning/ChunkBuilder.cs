namespace CmEtl.Engine;

/// <summary>
/// Cuts a stream of keys, in order, into chunks of about the target size. A chunk ends on a key border: it takes a further key while that
/// brings it nearer to the target and not above <see cref="Tolerance"/> times the target. A key above the maximum is cut by ID into equal
/// parts of about the target. Each chunk begins where the one before ends, and the outer ends are those of the window, so the ranges are
/// disjoint and cover the window, rows that come in later included.
/// </summary>
/// <param name="settings">Sizes.</param>
/// <param name="window">First and last visit date, inclusive.</param>
/// <param name="cuts">Asks the database for the first ID of every part but the first of a key.</param>
internal sealed class ChunkBuilder(
    EtlSettings settings, (DateOnly From, DateOnly To) window, Func<PlanKey, long, Task<IReadOnlyList<long>>> cuts)
{
    /// <summary>How far above the target a chunk may come when no single key forces more.</summary>
    public const double Tolerance = 1.2;

    private readonly HashSet<string> _ssns = new(StringComparer.Ordinal);
    private int _nextId;
    private ChunkBound _from = ChunkBound.BeforeDay(window.From);
    private DateOnly _firstDate;
    private DateOnly _lastDate;
    private long _rows;
    private int _keys;
    private int _dates;
    private bool _splitKeyOpen;

    public async IAsyncEnumerable<PlannedChunk> BuildAsync(IAsyncEnumerable<PlanKey> keys)
    {
        await foreach (var key in keys)
        {
            if (_keys > 0 && !Fits(key))
            {
                yield return Close(ChunkBound.BeforeKey(key));
            }

            if (key.Rows <= settings.MaxChunkSize)
            {
                Add(key);
                continue;
            }

            var parts = (key.Rows + settings.TargetChunkSize - 1) / settings.TargetChunkSize;
            var partRows = (key.Rows + parts - 1) / parts;
            var left = key.Rows;
            foreach (var id in await cuts(key, partRows))
            {
                Add(key with { Rows = Math.Min(partRows, left) });
                left -= partRows;
                yield return Close(new ChunkBound(key.VisitDate, key.Ssn, id), splitKey: true);
            }

            // The key may have lost rows since it was counted; what is left of it ends its own last part.
            Add(key with { Rows = Math.Max(left, 0) });
            _splitKeyOpen = true;
        }

        if (_keys > 0)
        {
            yield return Close(ChunkBound.BeforeDay(window.To.AddDays(1)), _splitKeyOpen);
        }
    }

    private bool Fits(in PlanKey key)
    {
        var target = settings.TargetChunkSize;
        var sum = _rows + key.Rows;
        return !_splitKeyOpen && _keys < settings.MaxKeysPerChunk && sum <= settings.MaxChunkSize
            && (sum <= target || (sum <= target * Tolerance && sum - target < target - _rows));
    }

    private void Add(in PlanKey key)
    {
        if (_keys == 0)
        {
            _firstDate = key.VisitDate;
        }

        _dates += _keys == 0 || key.VisitDate != _lastDate ? 1 : 0;
        _lastDate = key.VisitDate;
        _rows += key.Rows;
        _keys++;
        _ssns.Add(key.Ssn);
    }

    private PlannedChunk Close(ChunkBound to, bool splitKey = false)
    {
        var chunk = new PlannedChunk
        {
            Id = _nextId++, From = _from, To = to, FirstDate = _firstDate, LastDate = _lastDate,
            Rows = _rows, Keys = _keys, Dates = _dates, Ssns = _ssns.Count, SplitKey = splitKey || _splitKeyOpen,
        };
        (_from, _rows, _keys, _dates, _splitKeyOpen) = (to, 0, 0, 0, false);
        _ssns.Clear();
        return chunk;
    }
}
