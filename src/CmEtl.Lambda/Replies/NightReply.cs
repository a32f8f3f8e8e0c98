namespace CmEtl.Lambda;

/// <summary>The reply to <c>require_run</c>: whether the newest run is sweep-safe and ended in time.</summary>
internal sealed record NightReply(string? RunId, string? State, bool Verified, string Status = "success");
