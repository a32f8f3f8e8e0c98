namespace CmEtl.Engine;

/// <summary>A setting: its name in files and parameters, its environment variable, its allowed values and how it is applied.</summary>
/// <param name="Name">Name in snake_case.</param>
/// <param name="Allowed">The allowed values in words, for errors and documentation.</param>
/// <param name="Apply">Applies a value given as text. Returns null when the value is not allowed.</param>
/// <param name="Secret">Whether the value must not be shown.</param>
internal sealed record SettingDefinition(string Name, string Allowed, Func<EtlSettings, string, EtlSettings?> Apply, bool Secret = false)
{
    /// <summary>Prefix of the environment variable.</summary>
    public string Prefix { get; init; } = "CMETL";

    /// <summary>Environment variable: the prefix and the name in uppercase.</summary>
    public string Variable => $"{Prefix}_{Name.ToUpperInvariant()}";
}
