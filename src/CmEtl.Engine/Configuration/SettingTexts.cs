namespace CmEtl.Engine;

/// <summary>
/// Texts of settings by name; equal when they hold the same, so that settings that were given in different ways compare as equal.
/// </summary>
internal sealed class SettingTexts() : SortedDictionary<string, string>(StringComparer.Ordinal)
{
    public override bool Equals(object? obj) => obj is SettingTexts other && this.SequenceEqual(other);

    public override int GetHashCode() => this.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}
