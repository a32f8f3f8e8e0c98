using System.Collections.ObjectModel;

namespace CmEtl.Aws;

/// <summary>A list that reads well where only text fits, as in a column of a CSV file.</summary>
public sealed class TextList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}
