namespace CmEtl.Engine;

/// <summary>A setting of a run that differs from its default.</summary>
/// <param name="Name">Name in snake_case.</param>
/// <param name="Value">Value as it was set.</param>
public sealed record RunSetting(string Name, string Value);
