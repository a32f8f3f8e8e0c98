namespace CmEtl.Engine;

/// <summary>
/// Values of settings by name. Two instances are equal when they have the same content, so that settings from different sources compare as
/// equal.
/// </summary>
internal sealed class SettingTexts() : SortedDictionary<string, string>(StringComparer.Ordinal)
{
    public override bool Equals(object? obj) => obj is SettingTexts other && this.SequenceEqual(other);

    public override int GetHashCode() => this.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}
