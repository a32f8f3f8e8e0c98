namespace CmEtl.Engine.Tests.Model;

/// <summary>One row in memory, read by column name.</summary>
public sealed class Row(TableShape shape, object?[] values)
{
    public TableShape Shape => shape;

    public object?[] Values => values;

    public object? this[string column] => values[shape.Ordinal(column)];

    public string? Text(string column) => (string?)this[column];

    public Numeric? Number(string column) => (Numeric?)this[column];

    /// <summary>Null where there is none, and where it is of no use.</summary>
    public DateTime? Time(string column) => this[column] as DateTime?;

    public DateOnly? Day(string column) => this[column] as DateOnly?;

    public bool IsBeyond(string column) => this[column] is BeyondTime;

    /// <summary>A number as double precision reads it; a real has the bits of a real.</summary>
    public double? Degrees(string column) => Number(column) is not { } number ? null
        : shape.Columns[shape.Ordinal(column)].Type == "real" ? (float)number.ToDouble() : number.ToDouble();

    public bool IsTrue(string column) => this[column] is true;

    public bool IsFalse(string column) => this[column] is false;
}
