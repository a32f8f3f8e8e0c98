namespace CmEtl.Aws.Templates;

/// <summary>How the function gets its database password.</summary>
public enum DatabaseLogin
{
    /// <summary>From a secret in Secrets Manager.</summary>
    Secret,

    /// <summary>As a token that its role signs, for a user with rds_iam.</summary>
    Iam,
}
