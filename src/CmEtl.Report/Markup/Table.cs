namespace CmEtl.Report;

/// <summary>Tables that scroll inside the page, with accessible headers.</summary>
internal static class Table
{
    /// <param name="caption">Description of the table for screen readers.</param>
    /// <param name="columns">Headers. A header of a numeric column begins with #.</param>
    /// <param name="rows">Rows, created with <see cref="Row"/>.</param>
    public static Html Of(string caption, IReadOnlyList<string> columns, IEnumerable<Html> rows) => Html.Of($"""
        <div class="scroll" role="group" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption><thead><tr>{columns.Select(Head)}</tr></thead><tbody>
        {rows}</tbody></table></div>

        """);

    /// <summary>The first cell is the header of the row.</summary>
    public static Html Row(Html head, params IEnumerable<Html> cells) => Html.Of($"<tr><th scope=\"row\">{head}</th>{cells}</tr>\n");

    public static Html Text(string value) => Html.Of($"<td>{value}</td>");

    /// <summary>A cell that takes the remaining width and wraps.</summary>
    public static Html Prose(string value) => Html.Of($"<td class=\"prose\">{value}</td>");

    public static Html Number(string value) => Html.Of($"<td class=\"n\">{value}</td>");

    /// <summary>The data of a chart as a collapsed table.</summary>
    public static Html Behind(string summary, Html table) => Html.Of($"<details><summary>{summary}</summary>{table}</details>\n");

    private static Html Head(string column) =>
        column.StartsWith('#') ? Html.Of($"<th scope=\"col\" class=\"n\">{column[1..]}</th>") : Html.Of($"<th scope=\"col\">{column}</th>");
}
