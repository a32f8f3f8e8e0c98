using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>The changes that a publication made, or would make with -WhatIf.</summary>
/// <param name="FunctionName">Name of the function.</param>
/// <param name="LambdaFunctionArn">ARN that a state machine should call: that of the alias, or else the version, or else the function. Null
/// if the function would be created.</param>
/// <param name="Version">The published version, or null.</param>
/// <param name="Changes">The differences from the previous state, without the values of environment variables.</param>
/// <param name="Created">Whether the function is new.</param>
/// <param name="Updated">Whether an existing function was changed.</param>
/// <param name="PackageBytes">Size of the package in bytes.</param>
public sealed record FunctionDeployment(
    string FunctionName, string? LambdaFunctionArn, string? Version, IReadOnlyList<JsonChange> Changes, bool Created, bool Updated,
        long PackageBytes)
{
    /// <summary>The differences from the previous state, without the values of environment variables.</summary>
    public IReadOnlyList<JsonChange> Changes { get; init; } = new TextList<JsonChange>([.. Changes]);

    /// <summary>Versions that were deleted.</summary>
    public IReadOnlyList<string> RemovedVersions
    {
        get;
        init => field = new TextList<string>([.. value]);
    } = new TextList<string>([]);
}
