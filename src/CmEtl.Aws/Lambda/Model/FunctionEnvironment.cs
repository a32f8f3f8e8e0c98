namespace CmEtl.Aws.Lambda;

/// <summary>Environment variables.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html</remarks>
public sealed record FunctionEnvironment
{
    /// <summary>Name and value.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}
