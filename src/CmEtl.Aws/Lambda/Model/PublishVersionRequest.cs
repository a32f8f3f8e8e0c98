namespace CmEtl.Aws.Lambda;

/// <summary>Publishes the function as it stands; unchanged code and configuration answer the version there is.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html</remarks>
public sealed record PublishVersionRequest
{
    /// <summary>Name or ARN.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Refuse when the code is another.</summary>
    public string? CodeSha256 { get; init; }

    /// <summary>A note.</summary>
    public string? Description { get; init; }

    /// <summary>Refuse when somebody else has changed it since.</summary>
    public string? RevisionId { get; init; }
}
