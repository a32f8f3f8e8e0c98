namespace CmEtl.Engine.Tests.Model;

/// <summary>The mph table: average speed by distance.</summary>
public sealed class SpeedBands(IEnumerable<Row> rows)
{
    private readonly List<Row> bands = [.. rows
        .Where(row => row.Number("From") is { IsFinite: true } && row.Number("To") is { IsFinite: true })
        .OrderBy(row => row.Number("From")!.Value.ToDecimal())
        .ThenBy(row => row.Number("ID")!.Value.ToDecimal())];

    /// <summary>Both bounds belong to a band. Where bands touch, the lower one is used.</summary>
    public decimal? SpeedFor(decimal? miles) => bands
        .FirstOrDefault(row => row.Number("From")!.Value.ToDecimal() <= miles && miles <= row.Number("To")!.Value.ToDecimal())
        ?.Number("AverageMilesPerHour") is { IsFinite: true } speed && IsUsable(speed.ToDecimal()) ? speed.ToDecimal() : null;

    private static bool IsUsable(decimal speed) => speed == 0 || Math.Abs(speed) is >= 0.000001m and <= 1_000_000m;
}
