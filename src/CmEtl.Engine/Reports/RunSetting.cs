namespace CmEtl.Engine;

/// <summary>A setting of a run that differs from its default.</summary>
/// <param name="Name">snake_case name.</param>
/// <param name="Value">As it was given.</param>
public sealed record RunSetting(string Name, string Value);
