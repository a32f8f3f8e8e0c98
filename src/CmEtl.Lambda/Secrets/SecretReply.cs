namespace CmEtl.Lambda;

/// <summary>Of GetSecretValue, as far as it is used.</summary>
internal sealed record SecretReply(string? SecretString);
