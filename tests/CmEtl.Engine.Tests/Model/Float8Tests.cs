using System.Globalization;
using CmEtl.Engine.Tests.Cases;
using Npgsql;

namespace CmEtl.Engine.Tests.Model;

[Collection(ModelTestGroup.Name)]
public sealed class Float8Tests(ModelServer server)
{
    [Theory]
    [InlineData(40.7, "40.7")]
    [InlineData(-74.0, "-74")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e-05, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(-1.25e-07, "-1.25e-07")]
    [InlineData(100.0, "100")]
    [InlineData(180.0, "180")]
    [InlineData(1e14, "100000000000000")]
    [InlineData(1e15, "1e+15")]
    [InlineData(123456789012345678.0, "1.2345678901234568e+17")]
    [InlineData(0.1, "0.1")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(1e100, "1e+100")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Formats_like_float8out(double value, string text) => Assert.Equal(text, Float8.Format(value));

    [Theory]
    [InlineData(16.585, "16.585")]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(2.675, "2.675")]
    [InlineData(123456.7890123456789, "123456.789012346")]
    public void Casts_to_numeric_with_fifteen_digits(double value, string text) =>
        Assert.Equal(decimal.Parse(text, CultureInfo.InvariantCulture), Float8.ToNumeric(value));

    [Fact]
    public async Task Server_has_the_same_opinion()
    {
        await using var database = await server.CreateAsync();
        var random = new Random(1);
        var values = Enumerable.Range(0, 2000)
            .Select(i => ((random.NextDouble() * 360) - 180) * Math.Pow(10, -(i % 12)))
            .Concat(Enumerable.Range(0, 500).Select(i => Math.Round((random.NextDouble() * 360) - 180, i % 9)))
            .ToArray();
        await using var command = new NpgsqlCommand(
            "SELECT v::text, v::numeric::text FROM unnest($1) WITH ORDINALITY AS t(v, i) ORDER BY i", database.Connection)
        {
            Parameters = { new() { Value = values } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        foreach (var value in values)
        {
            Assert.True(await reader.ReadAsync());
            Assert.Equal(reader.GetString(0), Float8.Format(value));
            Assert.Equal(new Numeric(reader.GetString(1)), Numeric.From(Float8.ToNumeric(value)));
        }
    }
}
