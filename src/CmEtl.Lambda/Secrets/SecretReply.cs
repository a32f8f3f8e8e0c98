namespace CmEtl.Lambda;

/// <summary>The part of GetSecretValue's reply that CmEtl uses.</summary>
internal sealed record SecretReply(string? SecretString)
{
    /// <summary>Does not show the secret.</summary>
    public override string ToString() => nameof(SecretReply);
}
