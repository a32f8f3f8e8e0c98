using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CmEtl.Aws.StepFunctions;

/// <summary>Step Functions over AWS JSON 1.0: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html.</summary>
public sealed class StepFunctionsClient : ServiceClient, IStepFunctions
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new EpochSecondsConverter() },
    };

    /// <param name="config">From <see cref="NewConfig"/>; null takes region and endpoint from the environment and the profile.</param>
    /// <param name="credentials">Null looks them up as every AWS tool does.</param>
    public StepFunctionsClient(ServiceConfig? config = null, AWSCredentials? credentials = null)
        : base(config ?? NewConfig(), credentials)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata("SFN");

    /// <inheritdoc/>
    protected override JsonSerializerOptions Json => Options;

    /// <summary>A config for this service. Its id, SFN, ends <c>AWS_ENDPOINT_URL_SFN</c>.</summary>
    public static ServiceConfig NewConfig() => new("SFN", "states", "2016-11-23");

    /// <inheritdoc/>
    public Task<CreateStateMachineResponse> CreateStateMachineAsync(CreateStateMachineRequest request, CancellationToken cancel) =>
        CallAsync<CreateStateMachineResponse>("CreateStateMachine", request, cancel);

    /// <inheritdoc/>
    public Task<UpdateStateMachineResponse> UpdateStateMachineAsync(UpdateStateMachineRequest request, CancellationToken cancel) =>
        CallAsync<UpdateStateMachineResponse>("UpdateStateMachine", request, cancel);

    /// <inheritdoc/>
    public Task<DescribeStateMachineResponse> DescribeStateMachineAsync(DescribeStateMachineRequest request, CancellationToken cancel) =>
        CallAsync<DescribeStateMachineResponse>("DescribeStateMachine", request, cancel);

    /// <inheritdoc/>
    public Task DeleteStateMachineAsync(DeleteStateMachineRequest request, CancellationToken cancel) =>
        SendAsync(Request("DeleteStateMachine", request), cancel);

    /// <inheritdoc/>
    public Task<ListStateMachinesResponse> ListStateMachinesAsync(ListStateMachinesRequest request, CancellationToken cancel) =>
        CallAsync<ListStateMachinesResponse>("ListStateMachines", request, cancel);

    /// <inheritdoc/>
    public Task<ValidateStateMachineDefinitionResponse> ValidateStateMachineDefinitionAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancel) =>
        CallAsync<ValidateStateMachineDefinitionResponse>("ValidateStateMachineDefinition", request, cancel);

    /// <inheritdoc/>
    public Task<PublishStateMachineVersionResponse> PublishStateMachineVersionAsync(
        PublishStateMachineVersionRequest request, CancellationToken cancel) =>
        CallAsync<PublishStateMachineVersionResponse>("PublishStateMachineVersion", request, cancel);

    /// <inheritdoc/>
    public Task<CreateStateMachineAliasResponse> CreateStateMachineAliasAsync(
        CreateStateMachineAliasRequest request, CancellationToken cancel) =>
        CallAsync<CreateStateMachineAliasResponse>("CreateStateMachineAlias", request, cancel);

    /// <inheritdoc/>
    public Task<UpdateStateMachineAliasResponse> UpdateStateMachineAliasAsync(
        UpdateStateMachineAliasRequest request, CancellationToken cancel) =>
        CallAsync<UpdateStateMachineAliasResponse>("UpdateStateMachineAlias", request, cancel);

    /// <inheritdoc/>
    public Task<DescribeStateMachineAliasResponse> DescribeStateMachineAliasAsync(
        DescribeStateMachineAliasRequest request, CancellationToken cancel) =>
        CallAsync<DescribeStateMachineAliasResponse>("DescribeStateMachineAlias", request, cancel);

    /// <inheritdoc/>
    public Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancel) =>
        CallAsync<StartExecutionResponse>("StartExecution", request, cancel);

    /// <inheritdoc/>
    public Task<DescribeExecutionResponse> DescribeExecutionAsync(DescribeExecutionRequest request, CancellationToken cancel) =>
        CallAsync<DescribeExecutionResponse>("DescribeExecution", request, cancel);

    /// <inheritdoc/>
    public Task<StopExecutionResponse> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancel) =>
        CallAsync<StopExecutionResponse>("StopExecution", request, cancel);

    /// <inheritdoc/>
    public Task<RedriveExecutionResponse> RedriveExecutionAsync(RedriveExecutionRequest request, CancellationToken cancel) =>
        CallAsync<RedriveExecutionResponse>("RedriveExecution", request, cancel);

    /// <inheritdoc/>
    public Task<ListExecutionsResponse> ListExecutionsAsync(ListExecutionsRequest request, CancellationToken cancel) =>
        CallAsync<ListExecutionsResponse>("ListExecutions", request, cancel);

    /// <inheritdoc/>
    public Task<GetExecutionHistoryResponse> GetExecutionHistoryAsync(GetExecutionHistoryRequest request, CancellationToken cancel) =>
        CallAsync<GetExecutionHistoryResponse>("GetExecutionHistory", request, cancel);

    /// <inheritdoc/>
    public Task<ListMapRunsResponse> ListMapRunsAsync(ListMapRunsRequest request, CancellationToken cancel) =>
        CallAsync<ListMapRunsResponse>("ListMapRuns", request, cancel);

    /// <inheritdoc/>
    public Task<DescribeMapRunResponse> DescribeMapRunAsync(DescribeMapRunRequest request, CancellationToken cancel) =>
        CallAsync<DescribeMapRunResponse>("DescribeMapRun", request, cancel);

    /// <inheritdoc/>
    public Task TagResourceAsync(TagResourceRequest request, CancellationToken cancel) =>
        SendAsync(Request("TagResource", request), cancel);

    /// <inheritdoc/>
    public Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancel) =>
        SendAsync(Request("UntagResource", request), cancel);

    /// <inheritdoc/>
    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancel) =>
        CallAsync<ListTagsForResourceResponse>("ListTagsForResource", request, cancel);

    private Task<T> CallAsync<T>(string operation, object request, CancellationToken cancel) =>
        SendAsync<T>(Request(operation, request), cancel);

    private ServiceRequest Request(string operation, object request) => new(operation, "POST", "/", ToBody(request))
    {
        Headers = { ["Content-Type"] = "application/x-amz-json-1.0", ["X-Amz-Target"] = $"AWSStepFunctions.{operation}" },
    };
}
