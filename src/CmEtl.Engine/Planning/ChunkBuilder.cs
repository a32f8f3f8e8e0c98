namespace CmEtl.Engine;

/// <summary>
/// Divides a stream of keys, in order, into chunks of about the target size. A chunk ends on a key border: it takes another key while that
/// brings it nearer to the target and not above <see cref="Tolerance"/> times the target. A key larger than the maximum is split by ID into
/// equal parts of about the target size. At a border of an earlier plan a chunk ends again, unless it is still almost empty. To reach such
/// a border it may grow to the tolerance. So after keys were added or removed, the ranges match the earlier ones again within a chunk or
/// two. Each chunk begins where the previous one ends, and the outer ends are those of the window. Therefore the ranges are disjoint and
/// cover the window, including rows that are added later.
/// </summary>
/// <param name="settings">Sizes.</param>
/// <param name="window">First and last visit date, inclusive.</param>
/// <param name="cuts">Returns from the database the first ID of every part of a key but the first.</param>
/// <param name="borders">Key borders of an earlier plan, in order.</param>
internal sealed class ChunkBuilder(
    EtlSettings settings, (DateOnly From, DateOnly To) window, Func<PlanKey, long, Task<IReadOnlyList<long>>> cuts,
    IReadOnlyList<ChunkBound> borders)
{
    /// <summary>Largest size of a chunk, as a multiple of the target, when no single key is larger.</summary>
    public const double Tolerance = 1.2;

    private readonly HashSet<string> _ssns = new(StringComparer.Ordinal);
    private int _nextBorder;
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
            var border = LastBorderUpTo(key);
            if (_keys > 0 && ((border is not null && WorthEnding) || !Fits(key)))
            {
                yield return Close(border ?? ChunkBound.BeforeKey(key));
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

            // The key may have lost rows since it was counted. Its last part gets the rest.
            Add(key with { Rows = Math.Max(left, 0) });
            _splitKeyOpen = true;
        }

        if (_keys > 0)
        {
            yield return Close(ChunkBound.BeforeDay(window.To.AddDays(1)), _splitKeyOpen);
        }
    }

    // A chunk that is smaller than this at a border can reach the next border within the tolerance. This does not hold for the number of
    // keys, but small chunks are the lesser evil there.
    private bool WorthEnding => _rows >= settings.TargetChunkSize * (Tolerance - 1) || _keys * 20L >= settings.MaxKeysPerChunk;

    /// <summary>The last border between the previous key and this one.</summary>
    private ChunkBound? LastBorderUpTo(in PlanKey key)
    {
        ChunkBound? last = null;
        while (_nextBorder < borders.Count && !borders[_nextBorder].IsAfter(key))
        {
            last = borders[_nextBorder++];
        }

        return last;
    }

    private bool Fits(in PlanKey key)
    {
        var target = settings.TargetChunkSize;
        var sum = _rows + key.Rows;
        return !_splitKeyOpen && _keys < settings.MaxKeysPerChunk && sum <= settings.MaxChunkSize
            && (sum <= target || (sum <= target * Tolerance && (_nextBorder < borders.Count || sum - target < target - _rows)));
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
