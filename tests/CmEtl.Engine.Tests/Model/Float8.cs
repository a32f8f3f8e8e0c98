using System.Globalization;
using System.Text;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Double precision values as PostgreSQL writes and casts them.</summary>
public static class Float8
{
    /// <summary>float8out with extra_float_digits = 1: shortest round-trip digits, plain from 1e-4 up to below 1e15.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
        {
            return sign + "0";
        }

        var (digits, exponent) = ShortestDigits(Math.Abs(value));
        return sign + (exponent is >= -4 and < 15 ? Plain(digits, exponent) : Scientific(digits, exponent));
    }

    /// <summary>The cast float8 to numeric, which keeps 15 significant digits.</summary>
    public static decimal ToNumeric(double value) =>
        decimal.Parse(value.ToString("E14", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static (string Digits, int Exponent) ShortestDigits(double value)
    {
        // "E16" would not be the shortest form. "R" is, but switches between notations, so both are handled here.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var shift = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole - leading - 1 + shift);
    }

    private static string Plain(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        var padded = digits.PadRight(exponent + 1, '0');
        return padded.Length == exponent + 1 ? padded : padded[..(exponent + 1)] + "." + padded[(exponent + 1)..];
    }

    private static string Scientific(string digits, int exponent)
    {
        var text = new StringBuilder(digits[..1]);
        if (digits.Length > 1)
        {
            text.Append('.').Append(digits, 1, digits.Length - 1);
        }

        text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
