namespace CmEtl.Engine.Tests.Model;

/// <summary>The mph table: average speed by distance.</summary>
public sealed class SpeedBands(IEnumerable<Row> rows)
{
    private readonly List<Row> bands = [.. rows
        .Where(row => row.Number("From") is not null && row.Number("To") is not null)
        .OrderBy(row => row.Number("From")!.Value.ToDecimal())
        .ThenBy(row => row.Number("ID")!.Value.ToDecimal())];

    /// <summary>Both bounds belong to a band; where bands touch the lower one wins.</summary>
    public decimal? SpeedFor(decimal? miles) => bands
        .FirstOrDefault(row => row.Number("From")!.Value.ToDecimal() <= miles && miles <= row.Number("To")!.Value.ToDecimal())
        ?.Number("AverageMilesPerHour")?.ToDecimal();
}
