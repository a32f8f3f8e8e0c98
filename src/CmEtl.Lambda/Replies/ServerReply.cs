namespace CmEtl.Lambda;

/// <summary>The reply to <c>test_postgres</c>: only the server version.</summary>
internal sealed record ServerReply(string Version, string Status = "success");
