namespace CmEtl.Engine;

/// <summary>A planned chunk: the half-open range [<see cref="From"/>, <see cref="To"/>) and the counts of its rows.</summary>
internal sealed record PlannedChunk
{
    public required int Id { get; init; }

    public required ChunkBound From { get; init; }

    public required ChunkBound To { get; init; }

    public required DateOnly FirstDate { get; init; }

    public required DateOnly LastDate { get; init; }

    public required long Rows { get; init; }

    public required int Keys { get; init; }

    public required int Dates { get; init; }

    public required int Ssns { get; init; }

    public required bool SplitKey { get; init; }

    public ChunkInfo ToInfo() => new()
    {
        ChunkId = Id, EstimatedRows = Rows, Keys = Keys, Dates = Dates, Ssns = Ssns, FromDate = FirstDate, ToDate = LastDate,
        SplitKey = SplitKey,
    };

    public override string ToString() => $"chunk {Id}";
}
