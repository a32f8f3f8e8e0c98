namespace CmEtl.Engine;

/// <summary>The server of a connection.</summary>
/// <param name="Version">The server's version, such as 17.2.</param>
/// <param name="Encrypted">Whether the connection uses TLS, according to the server.</param>
/// <param name="LedgerVersion">The newest migration of the ledger; null when there is no ledger.</param>
public sealed record ServerInfo(string Version, bool Encrypted, int? LedgerVersion);
