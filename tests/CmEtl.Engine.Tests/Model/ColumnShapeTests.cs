namespace CmEtl.Engine.Tests.Model;

public sealed class ColumnShapeTests
{
    private static readonly ColumnShape Text = new("Any", "character varying", 3, null);

    [Theory]
    [InlineData("abc", "abc", false)]
    [InlineData("abcd", "abc", true)]
    [InlineData("\U0001F3E0\U0001F3E0\U0001F3E0", "\U0001F3E0\U0001F3E0\U0001F3E0", false)]
    [InlineData("\U0001F3E0\U0001F3E0\U0001F3E0x", "\U0001F3E0\U0001F3E0\U0001F3E0", true)]
    public void Text_is_cut_by_characters(string value, string stored, bool expectCut)
    {
        Assert.Equal(stored, Text.Store(value, out var cut));
        Assert.Equal(expectCut, cut);
    }

    [Theory]
    [InlineData("39.79", 0, "40")]
    [InlineData("30.5", 0, "31")]
    [InlineData("2.5", 0, "3")]
    [InlineData("-2.5", 0, "-3")]
    [InlineData("1.005", 2, "1.01")]
    public void Numbers_round_half_away_from_zero(string value, int scale, string stored) =>
        Assert.Equal(new Numeric(stored), new ColumnShape("Any", "numeric", null, scale).Store(new Numeric(value).ToDecimal(), out _));

    [Fact]
    public void Numerics_are_equal_by_value()
    {
        Assert.Equal(new Numeric("30.1250"), new Numeric("30.125"));
        Assert.Equal(new Numeric("0"), new Numeric("-0.00"));
        Assert.Equal(new Numeric("100"), Numeric.From(100.00m));
        Assert.NotEqual(new Numeric("1000"), new Numeric("100"));
    }

    [Fact]
    public void Secret_columns_show_nothing()
    {
        Assert.Equal("***", new ColumnShape("ConAideSSN", "character varying", 50, null).Show("any"));
        Assert.Equal("'any'", Text.Show("any"));
    }
}
