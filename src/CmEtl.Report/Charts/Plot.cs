namespace CmEtl.Report;

/// <summary>
/// The frame of a chart. The drawing is stretched to the available width and contains no text. Labels are text of the page, so that they
/// are readable on every screen size and on paper.
/// </summary>
internal static class Plot
{
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">Title for screen readers.</param>
    /// <param name="description">Description of the data for screen readers.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="labels">Labels to the left of the chart, from top to bottom.</param>
    /// <param name="scale">The time axis.</param>
    /// <param name="drawing">SVG with x in units of the axis and y in pixels.</param>
    /// <param name="legend">Legend below the chart.</param>
    /// <param name="marks">Stops and resumes, shown as lines over the whole height.</param>
    public static Html Of(
        string id, string title, string description, int height, Html labels, TimeScale scale, Html drawing, Html legend, IReadOnlyList<RunMark> marks) => Html.Of($"""
        <figure class="chart {id}"><div class="plot"><div class="labels" aria-hidden="true">{labels}</div><div class="canvas">
        <svg role="img" aria-labelledby="{id}-title {id}-text" viewBox="0 0 {TimeScale.Width} {height}" height="{height}" preserveAspectRatio="none">
        <title id="{id}-title">{title}</title><desc id="{id}-text">{description}</desc>
        <defs><pattern id="{id}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" class="hatch"/></pattern></defs>
        {scale.Ticks().Select(t => Html.Of($"<path class=\"grid\" d=\"M{t.At} 0V{height}\"/>"))}
        {drawing}
        {scale.Breaks.Select(b => Break(b, id, height))}
        {marks.Select(m => Mark(m, scale.At(m.At), height))}
        </svg><div class="axis" aria-hidden="true">{scale.Ticks().Select(Label)}</div>
        </div></div><figcaption>{legend}{Keys(marks)}{Key(scale.Breaks)}</figcaption></figure>

        """);

    private static Html Break(TimeBreak gap, string id, int height) => Html.Of($"""
        <rect class="break" fill="url(#{id}-hatch)" x="{gap.From}" width="{gap.To - gap.From}" height="{height}"><title>no work for {Figures.Duration(gap.Duration)}</title></rect>
        """);

    private static Html Mark(RunMark mark, double at, int height) => Html.Of($"""
        <g class="mark {mark.Class}"><path d="M{at} 0V{height}"/><rect x="{Math.Clamp(at - 3, 0, TimeScale.Width - 6)}" width="6" height="10"/><title>{mark.Text}</title></g>
        """);

    private static Html Keys(IReadOnlyList<RunMark> marks) => Html.Of($"{Key(marks, "stop", "stopped or failed")}{Key(marks, "resume", "resumed")}");

    private static Html Key(IReadOnlyList<RunMark> marks, string name, string text) => Html.When(
        marks.Any(m => m.Class == name), $"<span class=\"key\"><i class=\"{name}\"></i>{text}</span>");

    private static Html Label(TimeTick tick) => Html.Of($"<span style=\"left:{tick.At / TimeScale.Width * 100}%\">{tick.Label}</span>");

    private static Html Key(List<TimeBreak> gaps) => Html.When(
        gaps.Count > 0, $"<span class=\"key\"><i class=\"break\"></i>left out: {string.Join(", ", gaps.Select(b => Figures.Duration(b.Duration)))} without work</span>");
}
