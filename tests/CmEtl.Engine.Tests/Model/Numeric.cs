using System.Globalization;

namespace CmEtl.Engine.Tests.Model;

/// <summary>
/// A PostgreSQL number, compared by value. It is kept as text because numeric(38,0) does not fit into a decimal, and because PostgreSQL has
/// NaN and Infinity as numbers.
/// </summary>
public readonly record struct Numeric
{
    private readonly string? text;

    public Numeric(string value)
    {
        var plain = value.Contains('.', StringComparison.Ordinal) ? value.TrimEnd('0').TrimEnd('.') : value;
        text = plain is "-0" or "" ? "0" : plain;
    }

    public bool IsZero => ToString() == "0";

    /// <summary>Neither NaN nor infinite.</summary>
    public bool IsFinite => double.IsFinite(ToDouble());

    public static Numeric From(decimal value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A value as the server writes it; a real has an exponent when it is very large or small.</summary>
    public static Numeric Read(string value) => value.Contains('e', StringComparison.Ordinal)
        ? new(decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain)
            ? plain.ToString(CultureInfo.InvariantCulture)
            : value)
        : new(value);

    public decimal ToDecimal() => decimal.Parse(ToString(), CultureInfo.InvariantCulture);

    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    public override string ToString() => text ?? "0";
}
