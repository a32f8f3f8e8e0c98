using System.Text.Json.Serialization;
using Amazon.Runtime;

// The part of the package AWSSDK.Lambda 4 that CmEtl uses. Names, types, namespaces and the meaning of every member are those of the
// package (https://docs.aws.amazon.com/sdkfornet/v4/apidocs/items/Lambda/NLambdaModel.html). JsonRequired marks the members that CmEtl
// needs, because Lambda's reference marks none of them as required (https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html).
#pragma warning disable CS1591 // Documented by AWS.
#pragma warning disable CA1002, CA1711, CA1724, CA2227 // Collections and names as in the package.

namespace Amazon.Lambda.Model;

public abstract class AmazonLambdaRequest : AmazonWebServiceRequest;

public sealed class AliasConfiguration
{
    [JsonRequired] public string AliasArn { get; set; } = null!;
    [JsonRequired] public string FunctionVersion { get; set; } = null!;
    [JsonRequired] public string Name { get; set; } = null!;
    public AliasRoutingConfiguration? RoutingConfig { get; set; }
}

public sealed class AliasRoutingConfiguration { public Dictionary<string, double>? AdditionalVersionWeights { get; set; } }

public sealed class Concurrency { public int? ReservedConcurrentExecutions { get; set; } }

public sealed class CreateAliasRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? FunctionVersion { get; set; }
    public string? Name { get; set; }
    public AliasRoutingConfiguration? RoutingConfig { get; set; }
}

public sealed class CreateAliasResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string AliasArn { get; set; } = null!;
    [JsonRequired] public string FunctionVersion { get; set; } = null!;
    [JsonRequired] public string Name { get; set; } = null!;
    public string? RevisionId { get; set; }
}

public sealed class CreateFunctionRequest : AmazonLambdaRequest
{
    public List<string>? Architectures { get; set; }
    public FunctionCode? Code { get; set; }
    public Environment? Environment { get; set; }
    public string? FunctionName { get; set; }
    public string? Handler { get; set; }
    public string? KMSKeyArn { get; set; }
    public int? MemorySize { get; set; }
    public bool? Publish { get; set; }
    public string? Role { get; set; }
    public Runtime? Runtime { get; set; }
    public Dictionary<string, string>? Tags { get; set; }
    public int? Timeout { get; set; }
    public TracingConfig? TracingConfig { get; set; }
    public VpcConfig? VpcConfig { get; set; }
}

public sealed class CreateFunctionResponse : AmazonWebServiceResponse
{
    public string? CodeSha256 { get; set; }
    [JsonRequired] public string FunctionArn { get; set; } = null!;
    public string? RevisionId { get; set; }
    public State? State { get; set; }
    public string? Version { get; set; }
}

public sealed class DeleteFunctionConcurrencyRequest : AmazonLambdaRequest { public string? FunctionName { get; set; } }

public sealed class DeleteFunctionConcurrencyResponse : AmazonWebServiceResponse;

public sealed class DeleteFunctionRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? Qualifier { get; set; }
}

public sealed class DeleteFunctionResponse : AmazonWebServiceResponse;

public sealed class Environment { public Dictionary<string, string>? Variables { get; set; } }

public sealed class EnvironmentError
{
    public string? ErrorCode { get; set; }
    public string? Message { get; set; }
}

public sealed class EnvironmentResponse
{
    public EnvironmentError? Error { get; set; }
    public Dictionary<string, string>? Variables { get; set; }
}

public sealed class FunctionCode { public MemoryStream? ZipFile { get; set; } }

public sealed class FunctionConfiguration
{
    public List<string>? Architectures { get; set; }
    public string? CodeSha256 { get; set; }
    public EnvironmentResponse? Environment { get; set; }
    [JsonRequired] public string FunctionArn { get; set; } = null!;
    public string? Handler { get; set; }
    public string? KMSKeyArn { get; set; }
    public LastUpdateStatus? LastUpdateStatus { get; set; }
    public string? LastUpdateStatusReason { get; set; }
    public int? MemorySize { get; set; }
    public PackageType? PackageType { get; set; }
    public string? RevisionId { get; set; }
    public string? Role { get; set; }
    public Runtime? Runtime { get; set; }
    public State? State { get; set; }
    public string? StateReason { get; set; }
    public int? Timeout { get; set; }
    public TracingConfigResponse? TracingConfig { get; set; }
    public string? Version { get; set; }
    public VpcConfigResponse? VpcConfig { get; set; }
}

public sealed class GetAliasRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? Name { get; set; }
}

public sealed class GetAliasResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string AliasArn { get; set; } = null!;
    [JsonRequired] public string FunctionVersion { get; set; } = null!;
    public string? RevisionId { get; set; }
    public AliasRoutingConfiguration? RoutingConfig { get; set; }
}

public sealed class GetFunctionRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? Qualifier { get; set; }
}

public sealed class GetFunctionResponse : AmazonWebServiceResponse
{
    public Concurrency? Concurrency { get; set; }
    [JsonRequired] public FunctionConfiguration Configuration { get; set; } = null!;
    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class InvokeRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? Payload { get; set; }
    public string? Qualifier { get; set; }
}

public sealed class InvokeResponse : AmazonWebServiceResponse
{
    public string? ExecutedVersion { get; set; }
    public string? FunctionError { get; set; }
    public MemoryStream? Payload { get; set; }
    public int? StatusCode { get; set; }
}

public sealed class ListAliasesRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? Marker { get; set; }
}

public sealed class ListAliasesResponse : AmazonWebServiceResponse
{
    [JsonRequired] public List<AliasConfiguration> Aliases { get; set; } = null!;
    public string? NextMarker { get; set; }
}

public sealed class ListVersionsByFunctionRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? Marker { get; set; }
}

public sealed class ListVersionsByFunctionResponse : AmazonWebServiceResponse
{
    public string? NextMarker { get; set; }
    [JsonRequired] public List<FunctionConfiguration> Versions { get; set; } = null!;
}

public sealed class PublishVersionRequest : AmazonLambdaRequest
{
    public string? CodeSha256 { get; set; }
    public string? FunctionName { get; set; }
    public string? RevisionId { get; set; }
}

public sealed class PublishVersionResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string FunctionArn { get; set; } = null!;
    [JsonRequired] public string Version { get; set; } = null!;
}

public sealed class PutFunctionConcurrencyRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public int? ReservedConcurrentExecutions { get; set; }
}

public sealed class PutFunctionConcurrencyResponse : AmazonWebServiceResponse
{
    [JsonRequired] public int? ReservedConcurrentExecutions { get; set; }
}

public sealed class TagResourceRequest : AmazonLambdaRequest
{
    public string? Resource { get; set; }
    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class TagResourceResponse : AmazonWebServiceResponse;

public sealed class TracingConfig { public TracingMode? Mode { get; set; } }

public sealed class TracingConfigResponse { public TracingMode? Mode { get; set; } }

public sealed class UntagResourceRequest : AmazonLambdaRequest
{
    public string? Resource { get; set; }
    public List<string>? TagKeys { get; set; }
}

public sealed class UntagResourceResponse : AmazonWebServiceResponse;

public sealed class UpdateAliasRequest : AmazonLambdaRequest
{
    public string? FunctionName { get; set; }
    public string? FunctionVersion { get; set; }
    public string? Name { get; set; }
    public string? RevisionId { get; set; }
    public AliasRoutingConfiguration? RoutingConfig { get; set; }
}

public sealed class UpdateAliasResponse : AmazonWebServiceResponse { [JsonRequired] public string AliasArn { get; set; } = null!; }

public sealed class UpdateFunctionCodeRequest : AmazonLambdaRequest
{
    public List<string>? Architectures { get; set; }
    public string? FunctionName { get; set; }
    public bool? Publish { get; set; }
    public string? RevisionId { get; set; }
    public MemoryStream? ZipFile { get; set; }
}

public sealed class UpdateFunctionCodeResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string? CodeSha256 { get; set; }
    public LastUpdateStatus? LastUpdateStatus { get; set; }
    public State? State { get; set; }
    public string? Version { get; set; }
}

public sealed class UpdateFunctionConfigurationRequest : AmazonLambdaRequest
{
    public Environment? Environment { get; set; }
    public string? FunctionName { get; set; }
    public string? Handler { get; set; }
    public string? KMSKeyArn { get; set; }
    public int? MemorySize { get; set; }
    public string? RevisionId { get; set; }
    public string? Role { get; set; }
    public Runtime? Runtime { get; set; }
    public int? Timeout { get; set; }
    public TracingConfig? TracingConfig { get; set; }
    public VpcConfig? VpcConfig { get; set; }
}

public sealed class UpdateFunctionConfigurationResponse : AmazonWebServiceResponse
{
    public int? MemorySize { get; set; }
    public string? Role { get; set; }
    [JsonRequired] public int? Timeout { get; set; }
}

public sealed class VpcConfig
{
    public List<string>? SecurityGroupIds { get; set; }
    public List<string>? SubnetIds { get; set; }
}

public sealed class VpcConfigResponse
{
    public List<string>? SecurityGroupIds { get; set; }
    public List<string>? SubnetIds { get; set; }
}
