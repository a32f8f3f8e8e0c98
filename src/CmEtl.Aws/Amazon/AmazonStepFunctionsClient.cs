using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.StepFunctions.Model;
using CmEtl.Aws.Client;

namespace Amazon.StepFunctions;

/// <summary>Region, endpoint and retries of a client, as in the package AWSSDK.StepFunctions.</summary>
public sealed class AmazonStepFunctionsConfig : ServiceConfig
{
    /// <summary>The service id SFN is part of <c>AWS_ENDPOINT_URL_SFN</c>.</summary>
    public AmazonStepFunctionsConfig()
        : base("SFN", "states", "2016-11-23") => Timeout = TimeSpan.FromSeconds(20);

    // 45 s are enough for two attempts that time out, or for three shorter ones.
    internal override TimeSpan Limit(string operation) => Timeout!.Value * 2.25;
}

#pragma warning disable CS1591 // Documented by AWS.

/// <summary>Step Functions over AWS JSON 1.0: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html.</summary>
public sealed class AmazonStepFunctionsClient : ServiceClient, IAmazonStepFunctions
{
    private static readonly JsonSerializerOptions Json = ServiceJson.Options(JsonNamingPolicy.CamelCase);

    /// <param name="clientConfig">Region and endpoint. Missing values are taken from the environment and the profile.</param>
    public AmazonStepFunctionsClient(AmazonStepFunctionsConfig clientConfig)
        : base(clientConfig, null)
    {
    }

    /// <param name="credentials">Credentials of the caller.</param>
    /// <param name="clientConfig">Region and endpoint. Missing values are taken from the environment and the profile.</param>
    public AmazonStepFunctionsClient(AWSCredentials credentials, AmazonStepFunctionsConfig clientConfig)
        : base(clientConfig, credentials)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata("SFN");

    public Task<CreateStateMachineResponse> CreateStateMachineAsync(
        CreateStateMachineRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateStateMachineResponse>("CreateStateMachine", request, cancellationToken);

    public Task<CreateStateMachineAliasResponse> CreateStateMachineAliasAsync(
        CreateStateMachineAliasRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<CreateStateMachineAliasResponse>("CreateStateMachineAlias", request, cancellationToken);

    public Task<DeleteStateMachineVersionResponse> DeleteStateMachineVersionAsync(
        DeleteStateMachineVersionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DeleteStateMachineVersionResponse>("DeleteStateMachineVersion", request, cancellationToken);

    public Task<DescribeExecutionResponse> DescribeExecutionAsync(
        DescribeExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeExecutionResponse>("DescribeExecution", request, cancellationToken);

    public Task<DescribeMapRunResponse> DescribeMapRunAsync(
        DescribeMapRunRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeMapRunResponse>("DescribeMapRun", request, cancellationToken);

    public Task<DescribeStateMachineResponse> DescribeStateMachineAsync(
        DescribeStateMachineRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeStateMachineResponse>("DescribeStateMachine", request, cancellationToken);

    public Task<DescribeStateMachineAliasResponse> DescribeStateMachineAliasAsync(
        DescribeStateMachineAliasRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<DescribeStateMachineAliasResponse>("DescribeStateMachineAlias", request, cancellationToken);

    public Task<GetExecutionHistoryResponse> GetExecutionHistoryAsync(
        GetExecutionHistoryRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<GetExecutionHistoryResponse>("GetExecutionHistory", request, cancellationToken);

    public Task<ListExecutionsResponse> ListExecutionsAsync(
        ListExecutionsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListExecutionsResponse>("ListExecutions", request, cancellationToken);

    public Task<ListMapRunsResponse> ListMapRunsAsync(ListMapRunsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListMapRunsResponse>("ListMapRuns", request, cancellationToken);

    public Task<ListStateMachineAliasesResponse> ListStateMachineAliasesAsync(
        ListStateMachineAliasesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListStateMachineAliasesResponse>("ListStateMachineAliases", request, cancellationToken);

    public Task<ListStateMachineVersionsResponse> ListStateMachineVersionsAsync(
        ListStateMachineVersionsRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListStateMachineVersionsResponse>("ListStateMachineVersions", request, cancellationToken);

    public Task<ListStateMachinesResponse> ListStateMachinesAsync(
        ListStateMachinesRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListStateMachinesResponse>("ListStateMachines", request, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ListTagsForResourceResponse>("ListTagsForResource", request, cancellationToken);

    public Task<PublishStateMachineVersionResponse> PublishStateMachineVersionAsync(
        PublishStateMachineVersionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<PublishStateMachineVersionResponse>("PublishStateMachineVersion", request, cancellationToken);

    public Task<RedriveExecutionResponse> RedriveExecutionAsync(
        RedriveExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<RedriveExecutionResponse>("RedriveExecution", request, cancellationToken);

    public Task<StartExecutionResponse> StartExecutionAsync(
        StartExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<StartExecutionResponse>("StartExecution", request, cancellationToken);

    public Task<StopExecutionResponse> StopExecutionAsync(
        StopExecutionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<StopExecutionResponse>("StopExecution", request, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<TagResourceResponse>("TagResource", request, cancellationToken);

    public Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UntagResourceResponse>("UntagResource", request, cancellationToken);

    public Task<UpdateStateMachineResponse> UpdateStateMachineAsync(
        UpdateStateMachineRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateStateMachineResponse>("UpdateStateMachine", request, cancellationToken);

    public Task<UpdateStateMachineAliasResponse> UpdateStateMachineAliasAsync(
        UpdateStateMachineAliasRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<UpdateStateMachineAliasResponse>("UpdateStateMachineAlias", request, cancellationToken);

    public Task<ValidateStateMachineDefinitionResponse> ValidateStateMachineDefinitionAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancellationToken = default) =>
        CallAsync<ValidateStateMachineDefinitionResponse>("ValidateStateMachineDefinition", request, cancellationToken);

    private Task<T> CallAsync<T>(string name, AmazonStepFunctionsRequest request, CancellationToken cancel)
        where T : AmazonWebServiceResponse, new()
    {
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/x-amz-json-1.0", ["X-Amz-Target"] = $"AWSStepFunctions.{name}",
        };
        return SendAsync<T>(new ServiceOperation("SFN", name, "POST", "/", headers, Json), request, cancel);
    }
}
