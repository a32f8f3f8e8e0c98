namespace CmEtl.Engine.Tests.Model;

/// <summary>A place on earth in degrees.</summary>
public readonly record struct Coordinates(double Latitude, double Longitude)
{
    private const double EarthRadiusMetres = 6_371_000;
    private const double MetresPerMile = 1609.34;

    public static Coordinates? Create(double? latitude, double? longitude) =>
        latitude is { } lat && longitude is { } lon && Math.Abs(lat) <= 90 && Math.Abs(lon) <= 180 ? new Coordinates(lat, lon) : null;

    /// <summary>Great-circle miles times the extra-distance factor, with two decimals.</summary>
    public decimal MilesTo(Coordinates other, double multiplier)
    {
        var halfLatitude = Radians(other.Latitude - Latitude) / 2;
        var halfLongitude = Radians(other.Longitude - Longitude) / 2;
        var chord = Math.Pow(Math.Sin(halfLatitude), 2)
            + (Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Pow(Math.Sin(halfLongitude), 2));
        var metres = 2 * EarthRadiusMetres * Math.Asin(Math.Sqrt(Math.Clamp(chord, 0, 1)));
        return decimal.Round(Float8.ToNumeric(metres / MetresPerMile * multiplier), 2, MidpointRounding.AwayFromZero);
    }

    private static double Radians(double degrees) => degrees * (Math.PI / 180);
}
