namespace CmEtl.Report;

/// <summary>Text that is markup already. It is only made by <see cref="Of"/>, which encodes whatever is put into it.</summary>
internal readonly record struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    /// <summary>Markup with values in it: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>. The literal parts are taken as they are.</summary>
    public static Html Of(HtmlBuilder builder) => new(builder.ToString());

    /// <summary>A file of our own.</summary>
    public static Html Trusted(string text) => new(text);

    public static Html When(bool condition, HtmlBuilder builder) => condition ? Of(builder) : Empty;

    public override string ToString() => _text ?? "";
}
