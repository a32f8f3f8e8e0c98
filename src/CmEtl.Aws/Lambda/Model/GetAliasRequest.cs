namespace CmEtl.Aws.Lambda;

/// <summary>Asks for an alias.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html</remarks>
public sealed record GetAliasRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
