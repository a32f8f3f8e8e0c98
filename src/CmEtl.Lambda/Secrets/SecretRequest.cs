namespace CmEtl.Lambda;

/// <summary>Of GetSecretValue.</summary>
internal sealed record SecretRequest(string SecretId);
