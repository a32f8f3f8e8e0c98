namespace CmEtl.Engine.Tests.Cases;

/// <summary>The stored pair of two visits; every column can be set.</summary>
public sealed class RowBuilder
{
    public Dictionary<string, object?> Columns { get; } = new(StringComparer.Ordinal);

    public RowBuilder Set(string column, object? value)
    {
        Columns[column] = value;
        return this;
    }
}
