namespace CmEtl.Lambda;

/// <summary>The part of the answer of GetSecretValue that is used.</summary>
internal sealed record SecretReply(string? SecretString)
{
    /// <summary>Not the secret.</summary>
    public override string ToString() => nameof(SecretReply);
}
