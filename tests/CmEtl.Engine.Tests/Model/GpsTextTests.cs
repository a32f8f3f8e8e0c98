using CmEtl.Engine.Tests.Cases;

namespace CmEtl.Engine.Tests.Model;

public sealed class GpsTextTests
{
    public static TheoryData<int> Samples => [.. Enumerable.Range(0, GpsTextSample.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_is_understood(int index)
    {
        var sample = GpsTextSample.All[index];
        var gps = GpsText.Parse(sample.Text);
        Assert.Equal(sample.IsReject, gps.IsReject);
        Assert.Equal(sample.Latitude, gps.Place is { } place ? Float8.Format(place.Latitude) : null);
        Assert.Equal(sample.Longitude, gps.Place is { } where ? Float8.Format(where.Longitude) : null);
    }
}
