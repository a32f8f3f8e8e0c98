namespace CmEtl.Aws.Templates;

/// <summary>How the function authenticates to the database.</summary>
public enum DatabaseLogin
{
    /// <summary>With the password in a Secrets Manager secret.</summary>
    Secret,

    /// <summary>With a token that its role signs, for a user with rds_iam.</summary>
    Iam,
}
