namespace CmEtl.Aws.Lambda;

/// <summary>An alias as it stands.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html</remarks>
public sealed record AliasConfiguration
{
    /// <summary>Its ARN.</summary>
    public string AliasArn { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The version it points to.</summary>
    public string FunctionVersion { get; init; } = "";

    /// <summary>Changes with every change; a later update may demand it.</summary>
    public string? RevisionId { get; init; }
}
