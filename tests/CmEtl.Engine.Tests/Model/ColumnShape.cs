using System.Globalization;
using System.Text;

namespace CmEtl.Engine.Tests.Model;

/// <summary>A column of the catalog, and how PostgreSQL stores a value in it.</summary>
/// <param name="Width">Characters of a varchar(n); null when unlimited or not text.</param>
/// <param name="Scale">Decimals of a numeric(p,s); null when unlimited or not numeric.</param>
/// <param name="Precision">All digits of a numeric(p,s); null when unlimited or not numeric.</param>
public sealed record ColumnShape(string Name, string Type, int? Width, int? Scale, int? Precision = null)
{
    public bool IsSecret => Name.Contains("SSN", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of the column after an assignment. Text that is too long is truncated, not refused.</summary>
    public object? Store(object? value, out bool cut)
    {
        cut = false;
        return value switch
        {
            null or RunTime => value,
            BeyondTime => null,
            double number when IsText => Float8.Format(number),
            double number =>
                Numeric.Read(
                Type == "real" ? ((float)number).ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant() : Float8.Format(number)),
            decimal number when Type == "real" => Store((double)number, out cut),
            decimal number when Type is "bigint" or "integer" => Numeric.From(decimal.Round(number, 0, MidpointRounding.AwayFromZero)),
            Numeric number when !Fits(number) => null,
            decimal number => Numeric.From(Scale is { } scale ? decimal.Round(number, scale, MidpointRounding.AwayFromZero) : number),
            Numeric number when IsText => Cut(number.ToString(), out cut),
            string text when IsText => Cut(text, out cut),
            DateOnly day when Type.StartsWith("timestamp", StringComparison.Ordinal) => day.ToDateTime(TimeOnly.MinValue),
            DateTime moment when Type == "date" => DateOnly.FromDateTime(moment),
            Numeric or bool or DateOnly or DateTime => value,
            _ => throw new InvalidOperationException($"Column {Name} ({Type}) cannot take a {value.GetType().Name}."),
        };
    }

    /// <summary>A value for messages, without secrets.</summary>
    public string Show(object? value) => value switch
    {
        null => "NULL",
        _ when IsSecret => "***",
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // All number types except integers have NaN.
    private bool Fits(Numeric number) => number.ToString() == "NaN" ? Type is not ("bigint" or "integer" or "smallint")
        : Type == "bigint" ? Math.Abs(number.ToDouble()) < 9.2e18
        : Type != "numeric" || Precision is not { } digits
            || number.ToString().TrimStart('-').Split('.')[0].TrimStart('0').Length <= digits - (Scale ?? 0);

    private bool IsText => Type is "character varying" or "text" or "character" or "uuid";

    // PostgreSQL counts code points, .NET counts UTF-16 units.
    private string Cut(string text, out bool cut)
    {
        cut = Width is { } limit && text.EnumerateRunes().Count() > limit;
        if (!cut)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(Width!.Value))
        {
            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
