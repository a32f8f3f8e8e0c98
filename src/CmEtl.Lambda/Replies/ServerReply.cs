namespace CmEtl.Lambda;

/// <summary>Of <c>test_postgres</c>: the version and nothing else of the connection.</summary>
internal sealed record ServerReply(string Version, string Status = "success");
