using System.Globalization;

namespace CmEtl.Engine.Tests.Model;

/// <summary>A PostgreSQL numeric, equal by value. Kept as text because numeric(38,0) does not fit into a decimal.</summary>
public readonly record struct Numeric
{
    private readonly string? text;

    public Numeric(string value)
    {
        var plain = value.Contains('.', StringComparison.Ordinal) ? value.TrimEnd('0').TrimEnd('.') : value;
        text = plain is "-0" or "" ? "0" : plain;
    }

    public bool IsZero => ToString() == "0";

    public static Numeric From(decimal value) => new(value.ToString(CultureInfo.InvariantCulture));

    public decimal ToDecimal() => decimal.Parse(ToString(), CultureInfo.InvariantCulture);

    public double ToDouble() => double.Parse(ToString(), CultureInfo.InvariantCulture);

    public override string ToString() => text ?? "0";
}
