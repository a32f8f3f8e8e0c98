namespace CmEtl.Engine.Tests.Model;

/// <summary>A row in memory, read by column name.</summary>
public sealed class Row(TableShape shape, object?[] values)
{
    public TableShape Shape => shape;

    public object?[] Values => values;

    public object? this[string column] => values[shape.Ordinal(column)];

    public string? Text(string column) => (string?)this[column];

    public Numeric? Number(string column) => (Numeric?)this[column];

    /// <summary>Null when there is no value or it is unusable.</summary>
    public DateTime? Time(string column) => this[column] as DateTime?;

    public DateOnly? Day(string column) => this[column] as DateOnly?;

    public bool IsBeyond(string column) => this[column] is BeyondTime;

    /// <summary>A number as double precision. A real keeps its bits.</summary>
    public double? Degrees(string column) => Number(column) is not { } number ? null
        : shape.Columns[shape.Ordinal(column)].Type == "real" ? (float)number.ToDouble() : number.ToDouble();

    public bool IsTrue(string column) => this[column] is true;

    public bool IsFalse(string column) => this[column] is false;
}
