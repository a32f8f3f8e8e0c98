namespace CmEtl.Engine.Tests.Cases;

/// <summary>Builds the stored pair of two visits. Every column can be set.</summary>
public sealed class RowBuilder
{
    public Dictionary<string, object?> Columns { get; } = new(StringComparer.Ordinal);

    public RowBuilder Set(string column, object? value)
    {
        Columns[column] = value;
        return this;
    }
}
