namespace CmEtl.Lambda;

/// <summary>
/// The reply to <c>validate_config</c>. All later actions use this <paramref name="RunId"/>, which differs from the requested id if an
/// unfinished run is resumed.
/// </summary>
internal sealed record BeginReply(string RunId, string State, bool Resumed, int Findings, string Status = "success");
