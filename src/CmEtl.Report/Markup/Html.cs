namespace CmEtl.Report;

/// <summary>Text that is already markup. Created by <see cref="Of"/>, which encodes all values.</summary>
internal readonly record struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    /// <summary>Markup with values: <c>Html.Of($"&lt;b&gt;{name}&lt;/b&gt;")</c>. The literal parts are not encoded.</summary>
    public static Html Of(HtmlBuilder builder) => new(builder.ToString());

    /// <summary>Markup from an embedded resource, which is not encoded.</summary>
    public static Html Trusted(string text) => new(text);

    public static Html When(bool condition, HtmlBuilder builder) => condition ? Of(builder) : Empty;

    public override string ToString() => _text ?? "";
}
