using System.Globalization;
using System.Text;

namespace CmEtl.Report;

/// <summary>Draws the series as steps, on the axis of the timeline.</summary>
internal sealed class ThroughputChart(TimeScale scale, ThroughputSeries series)
{
    public const int Height = 160;

    private static readonly double[] Rounds = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

    /// <summary>The top of the scale, rounded up.</summary>
    public double Top { get; } = RoundUp(series.Peak);

    public Html Labels() => Html.Of($"<span>{Figures.Rate(Top)}</span><span>{Figures.Rate(Top / 2)}</span><span>0</span>");

    public Html Drawing() => Html.Of($"""
        <path class="grid" d="M0 {Height / 2}H{TimeScale.Width}M0 .5H{TimeScale.Width}M0 {Height - 0.5}H{TimeScale.Width}"/>
        <path class="area" d="{Area()}"/>
        {series.Rates.Select((rate, i) => Hover(i * series.Width, rate))}
        """);

    private Html Hover(double at, double rate) => Html.Of($"""
        <rect class="hover" x="{at}" width="{series.Width}" height="{Height}"><title>{Figures.Clock(scale.Time(at))}: {Figures.Rate(rate)} rows per second</title></rect>
        """);

    private string Area()
    {
        var path = new StringBuilder("M0 ").Append(CultureInfo.InvariantCulture, $"{Height}");
        for (var i = 0; i < series.Columns; i++)
        {
            path.Append(CultureInfo.InvariantCulture, $"V{Height - (series.Rates[i] / Top * Height):0.#}H{(i + 1) * series.Width:0.##}");
        }

        return path.Append(CultureInfo.InvariantCulture, $"V{Height}Z").ToString();
    }

    private static double RoundUp(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return Array.Find(Rounds, f => f * power >= value) * power;
    }
}
