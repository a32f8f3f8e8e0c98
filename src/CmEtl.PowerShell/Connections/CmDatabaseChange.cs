namespace CmEtl.PowerShell;

/// <summary>A migration or an index that was applied.</summary>
/// <param name="Name">Its name.</param>
public sealed record CmDatabaseChange(string Name);
