namespace CmEtl.PowerShell;

/// <summary>A migration or an index that was applied, or <c>views</c> if the views of the ledger were created again.</summary>
/// <param name="Name">Its name.</param>
public sealed record CmDatabaseChange(string Name);
