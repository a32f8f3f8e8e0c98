namespace CmEtl.Engine;

/// <summary>One setting: its name in files and parameters, its environment variable, what it allows and how it is put in place.</summary>
/// <param name="Name">snake_case name.</param>
/// <param name="Variable">Environment variable.</param>
/// <param name="Allowed">The allowed values in words, for errors and documentation.</param>
/// <param name="Apply">Puts a text value in place; null when the value is not allowed.</param>
/// <param name="Secret">Whether the value must not be shown.</param>
internal sealed record SettingDefinition(
    string Name, string Variable, string Allowed, Func<EtlSettings, string, EtlSettings?> Apply, bool Secret = false);
