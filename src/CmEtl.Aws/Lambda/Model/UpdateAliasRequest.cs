namespace CmEtl.Aws.Lambda;

/// <summary>Points an alias elsewhere.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html</remarks>
public sealed record UpdateAliasRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The version.</summary>
    public required string FunctionVersion { get; init; }

    /// <summary>Refuse when somebody else has changed it since.</summary>
    public string? RevisionId { get; init; }
}
