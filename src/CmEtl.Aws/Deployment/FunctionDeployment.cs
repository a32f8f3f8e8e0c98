using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>What a publication did, or with what-if would do.</summary>
/// <param name="FunctionName">The function.</param>
/// <param name="LambdaFunctionArn">What a state machine has to call: the alias, else the version, else the function. Null when it would be
/// created.</param>
/// <param name="Version">The version published, or null.</param>
/// <param name="Changes">What differs from before. Values of environment variables are not told.</param>
/// <param name="Created">The function is new.</param>
/// <param name="Updated">The function was there and was changed.</param>
/// <param name="PackageBytes">Size of the package.</param>
public sealed record FunctionDeployment(
    string FunctionName, string? LambdaFunctionArn, string? Version, IReadOnlyList<JsonChange> Changes, bool Created, bool Updated,
        long PackageBytes)
{
    /// <summary>What differs from before. Values of environment variables are not told.</summary>
    public IReadOnlyList<JsonChange> Changes { get; init; } = new TextList<JsonChange>([.. Changes]);

    /// <summary>Versions that were deleted.</summary>
    public IReadOnlyList<string> RemovedVersions
    {
        get;
        init => field = new TextList<string>([.. value]);
    } = new TextList<string>([]);
}
