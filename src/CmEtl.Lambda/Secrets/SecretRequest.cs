namespace CmEtl.Lambda;

/// <summary>Request of GetSecretValue.</summary>
internal sealed record SecretRequest(string SecretId);
