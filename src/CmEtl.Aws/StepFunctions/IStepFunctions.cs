namespace CmEtl.Aws.StepFunctions;

/// <summary>
/// The operations of AWS Step Functions that CmEtl uses, named and shaped as in the AWS SDK for .NET, so that its package can replace this:
/// https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html.
/// All throw <see cref="Amazon.Runtime.AmazonServiceException"/> with the service's error code when refused.
/// </summary>
public interface IStepFunctions
{
    /// <summary>Creates a state machine.</summary>
    Task<CreateStateMachineResponse> CreateStateMachineAsync(CreateStateMachineRequest request, CancellationToken cancel);

    /// <summary>Changes a state machine.</summary>
    Task<UpdateStateMachineResponse> UpdateStateMachineAsync(UpdateStateMachineRequest request, CancellationToken cancel);

    /// <summary>A machine as it stands.</summary>
    Task<DescribeStateMachineResponse> DescribeStateMachineAsync(DescribeStateMachineRequest request, CancellationToken cancel);

    /// <summary>Deletes a machine.</summary>
    Task DeleteStateMachineAsync(DeleteStateMachineRequest request, CancellationToken cancel);

    /// <summary>One page of machines.</summary>
    Task<ListStateMachinesResponse> ListStateMachinesAsync(ListStateMachinesRequest request, CancellationToken cancel);

    /// <summary>What is wrong with a definition.</summary>
    Task<ValidateStateMachineDefinitionResponse> ValidateStateMachineDefinitionAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancel);

    /// <summary>Publishes a version.</summary>
    Task<PublishStateMachineVersionResponse> PublishStateMachineVersionAsync(
        PublishStateMachineVersionRequest request, CancellationToken cancel);

    /// <summary>Creates an alias.</summary>
    Task<CreateStateMachineAliasResponse> CreateStateMachineAliasAsync(CreateStateMachineAliasRequest request, CancellationToken cancel);

    /// <summary>Points an alias elsewhere.</summary>
    Task<UpdateStateMachineAliasResponse> UpdateStateMachineAliasAsync(UpdateStateMachineAliasRequest request, CancellationToken cancel);

    /// <summary>An alias as it stands.</summary>
    Task<DescribeStateMachineAliasResponse> DescribeStateMachineAliasAsync(
        DescribeStateMachineAliasRequest request, CancellationToken cancel);

    /// <summary>Starts an execution.</summary>
    Task<StartExecutionResponse> StartExecutionAsync(StartExecutionRequest request, CancellationToken cancel);

    /// <summary>An execution as it stands.</summary>
    Task<DescribeExecutionResponse> DescribeExecutionAsync(DescribeExecutionRequest request, CancellationToken cancel);

    /// <summary>Aborts an execution.</summary>
    Task<StopExecutionResponse> StopExecutionAsync(StopExecutionRequest request, CancellationToken cancel);

    /// <summary>Continues a failed execution.</summary>
    Task<RedriveExecutionResponse> RedriveExecutionAsync(RedriveExecutionRequest request, CancellationToken cancel);

    /// <summary>One page of executions.</summary>
    Task<ListExecutionsResponse> ListExecutionsAsync(ListExecutionsRequest request, CancellationToken cancel);

    /// <summary>One page of a history.</summary>
    Task<GetExecutionHistoryResponse> GetExecutionHistoryAsync(GetExecutionHistoryRequest request, CancellationToken cancel);

    /// <summary>One page of map runs.</summary>
    Task<ListMapRunsResponse> ListMapRunsAsync(ListMapRunsRequest request, CancellationToken cancel);

    /// <summary>A map run as it stands.</summary>
    Task<DescribeMapRunResponse> DescribeMapRunAsync(DescribeMapRunRequest request, CancellationToken cancel);

    /// <summary>Adds or replaces tags.</summary>
    Task TagResourceAsync(TagResourceRequest request, CancellationToken cancel);

    /// <summary>Removes tags.</summary>
    Task UntagResourceAsync(UntagResourceRequest request, CancellationToken cancel);

    /// <summary>The tags.</summary>
    Task<ListTagsForResourceResponse> ListTagsForResourceAsync(ListTagsForResourceRequest request, CancellationToken cancel);
}
