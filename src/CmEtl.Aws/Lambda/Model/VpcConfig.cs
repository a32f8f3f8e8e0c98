namespace CmEtl.Aws.Lambda;

/// <summary>Subnets and security groups of a function: https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html.</summary>
public sealed record VpcConfig
{
    /// <summary>Subnets.</summary>
    public IReadOnlyList<string> SubnetIds { get; init; } = [];

    /// <summary>Security groups.</summary>
    public IReadOnlyList<string> SecurityGroupIds { get; init; } = [];
}
