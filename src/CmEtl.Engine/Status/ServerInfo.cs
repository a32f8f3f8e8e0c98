namespace CmEtl.Engine;

/// <summary>What a connection leads to.</summary>
/// <param name="Version">The server's version, like 17.2.</param>
/// <param name="Encrypted">Whether the connection is under TLS, as the server sees it.</param>
/// <param name="LedgerVersion">The newest step of the ledger; null where there is no ledger yet.</param>
public sealed record ServerInfo(string Version, bool Encrypted, int? LedgerVersion);
