using System.Globalization;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>A visit of a pair: the fact row, and what differs from the ordinary dimension rows of its side.</summary>
public sealed class VisitBuilder
{
    private readonly Dictionary<Dimension, List<(string Column, object? Value)>> overrides = [];

    /// <summary>Columns of the fact row that differ from the ordinary values.</summary>
    public Dictionary<string, object?> Columns { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<Dimension, List<(string Column, object? Value)>> Overrides => overrides;

    /// <summary>Addresses of the provider patient that replace the ordinary one.</summary>
    public List<(string Column, object? Value)[]> Addresses { get; } = [];

    /// <summary>Addresses of the payer patient that replace the ordinary one.</summary>
    public List<(string Column, object? Value)[]> PayerAddresses { get; } = [];

    /// <summary>Sets any column of the visit.</summary>
    public VisitBuilder Set(string column, object? value)
    {
        Columns[column] = value;
        return this;
    }

    /// <summary>Times on the visit date as HH:mm[:ss]. Hours beyond 23 mean the next day, null means NULL.</summary>
    public VisitBuilder Scheduled(string? start, string? end) =>
        Set("Scheduled Start Time", At(start)).Set("Scheduled End Time", At(end));

    public VisitBuilder Actual(string? start, string? end) =>
        Set("Visit Start Time", At(start)).Set("Visit End Time", At(end));

    public VisitBuilder ClockedIn(string start) => Actual(start, null);

    public VisitBuilder GpsIn(string? text) => Set("Call In GPS Coordinates", text);

    public VisitBuilder GpsOut(string? text) => Set("Call Out GPS Coordinates", text);

    /// <summary>Sets both GPS texts.</summary>
    public VisitBuilder At(double latitude, double longitude) =>
        GpsIn(string.Create(CultureInfo.InvariantCulture, $"{latitude},{longitude}")).GpsOut((string?)Columns["Call In GPS Coordinates"]);

    /// <summary>Gives this visit its own dimension row with one column changed.</summary>
    public VisitBuilder With(Dimension dimension, string column, object? value)
    {
        if (!overrides.TryGetValue(dimension, out var list))
        {
            overrides.Add(dimension, list = []);
        }

        list.Add((column, value));
        return this;
    }

    /// <summary>Adds a primary GPS address of the provider patient. Several calls add several addresses.</summary>
    public VisitBuilder Address(params (string Column, object? Value)[] columns)
    {
        Addresses.Add(columns);
        return this;
    }

    public VisitBuilder PayerAddress(params (string Column, object? Value)[] columns)
    {
        PayerAddresses.Add(columns);
        return this;
    }

    private static DateTime? At(string? time) => time is null ? null : ScenarioBuilder.At(time);
}
