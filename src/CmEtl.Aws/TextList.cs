using System.Collections.ObjectModel;

namespace CmEtl.Aws;

/// <summary>A list with a readable ToString, for example for a column of a CSV file.</summary>
public sealed class TextList<T>(IList<T> items) : ReadOnlyCollection<T>(items)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}
