namespace CmEtl.Aws.Lambda;

/// <summary>Creates an alias.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html</remarks>
public sealed record CreateAliasRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The version.</summary>
    public required string FunctionVersion { get; init; }
}
