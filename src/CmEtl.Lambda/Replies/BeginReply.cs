namespace CmEtl.Lambda;

/// <summary>
/// Of <c>validate_config</c>. All later actions take this <paramref name="RunId"/>, which is another than asked for when an unfinished run
/// is resumed.
/// </summary>
internal sealed record BeginReply(string RunId, string State, bool Resumed, int Findings, string Status = "success");
