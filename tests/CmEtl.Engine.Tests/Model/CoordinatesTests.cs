namespace CmEtl.Engine.Tests.Model;

public sealed class CoordinatesTests
{
    [Fact]
    public void Check_value_holds_in_both_directions()
    {
        var south = new Coordinates(40.70, -74.00);
        var north = new Coordinates(40.90, -74.00);
        Assert.Equal(16.58m, south.MilesTo(north, 1.20));
        Assert.Equal(16.58m, north.MilesTo(south, 1.20));
        Assert.Equal(0m, south.MilesTo(south, 1.20));
    }

    [Theory]
    [InlineData(90, 0, -90, 0)]
    [InlineData(0, 0, 0, 180)]
    [InlineData(0.5, 0.25, -0.5, -179.75)]
    [InlineData(45, -180, -45, 0)]
    public void Antipodes_are_half_a_circle_apart(double lat1, double lon1, double lat2, double lon2) =>
        Assert.Equal(12436.83m, new Coordinates(lat1, lon1).MilesTo(new Coordinates(lat2, lon2), 1));

    [Theory]
    [InlineData(90.0, 180.0, true)]
    [InlineData(-90.0, -180.0, true)]
    [InlineData(90.000001, 0.0, false)]
    [InlineData(0.0, -180.000001, false)]
    [InlineData(double.NaN, 0.0, false)]
    [InlineData(0.0, double.PositiveInfinity, false)]
    public void Range_is_checked(double latitude, double longitude, bool good) =>
        Assert.Equal(good, Coordinates.Create(latitude, longitude) is not null);

    [Fact]
    public void Both_parts_are_needed()
    {
        Assert.Null(Coordinates.Create(1, null));
        Assert.Null(Coordinates.Create(null, 1));
    }
}
