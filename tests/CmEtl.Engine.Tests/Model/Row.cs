namespace CmEtl.Engine.Tests.Model;

/// <summary>One row in memory, read by column name.</summary>
public sealed class Row(TableShape shape, object?[] values)
{
    public TableShape Shape => shape;

    public object?[] Values => values;

    public object? this[string column] => values[shape.Ordinal(column)];

    public string? Text(string column) => (string?)this[column];

    public Numeric? Number(string column) => (Numeric?)this[column];

    public DateTime? Time(string column) => (DateTime?)this[column];

    public DateOnly? Day(string column) => (DateOnly?)this[column];

    public bool IsTrue(string column) => this[column] is true;

    public bool IsFalse(string column) => this[column] is false;
}
