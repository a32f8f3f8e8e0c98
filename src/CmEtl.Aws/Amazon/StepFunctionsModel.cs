using System.Text.Json.Serialization;
using Amazon.Runtime;

// The part of the package AWSSDK.StepFunctions 4 that CmEtl uses. Names, types, namespaces and the meaning of every member are those of the
// package (https://docs.aws.amazon.com/sdkfornet/v4/apidocs/items/StepFunctions/NStepFunctionsModel.html). JsonRequired marks the members
// that https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html documents as always present in a response.
#pragma warning disable CS1591 // Documented by AWS.
#pragma warning disable CA2227, CA1002, CA1724 // Collections and names as in the package.

namespace Amazon.StepFunctions.Model;

public abstract class AmazonStepFunctionsRequest : AmazonWebServiceRequest;

public sealed class CloudWatchLogsLogGroup { public string? LogGroupArn { get; set; } }

public sealed class CreateStateMachineAliasRequest : AmazonStepFunctionsRequest
{
    public string? Name { get; set; }
    public List<RoutingConfigurationListItem>? RoutingConfiguration { get; set; }
}

public sealed class CreateStateMachineAliasResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string StateMachineAliasArn { get; set; } = null!;
}

public sealed class CreateStateMachineRequest : AmazonStepFunctionsRequest
{
    public string? Definition { get; set; }
    public LoggingConfiguration? LoggingConfiguration { get; set; }
    public string? Name { get; set; }
    public string? RoleArn { get; set; }
    public List<Tag>? Tags { get; set; }
    public TracingConfiguration? TracingConfiguration { get; set; }
    public StateMachineType? Type { get; set; }
}

public sealed class CreateStateMachineResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string StateMachineArn { get; set; } = null!;
}

public sealed class DeleteStateMachineVersionRequest : AmazonStepFunctionsRequest { public string? StateMachineVersionArn { get; set; } }

public sealed class DeleteStateMachineVersionResponse : AmazonWebServiceResponse;

public sealed class DescribeExecutionRequest : AmazonStepFunctionsRequest { public string? ExecutionArn { get; set; } }

public sealed class DescribeExecutionResponse : AmazonWebServiceResponse
{
    public string? Cause { get; set; }
    public string? Error { get; set; }
    [JsonRequired] public string ExecutionArn { get; set; } = null!;
    public string? Input { get; set; }
    public string? Name { get; set; }
    public string? Output { get; set; }
    public int? RedriveCount { get; set; }
    public ExecutionRedriveStatus? RedriveStatus { get; set; }
    [JsonRequired] public DateTime? StartDate { get; set; }
    [JsonRequired] public string StateMachineArn { get; set; } = null!;
    public string? StateMachineVersionArn { get; set; }
    [JsonRequired] public ExecutionStatus Status { get; set; } = null!;
    public DateTime? StopDate { get; set; }
}

public sealed class DescribeMapRunRequest : AmazonStepFunctionsRequest { public string? MapRunArn { get; set; } }

public sealed class DescribeMapRunResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string ExecutionArn { get; set; } = null!;
    [JsonRequired] public MapRunExecutionCounts ExecutionCounts { get; set; } = null!;
    [JsonRequired] public MapRunItemCounts ItemCounts { get; set; } = null!;
    [JsonRequired] public string MapRunArn { get; set; } = null!;
    public int? MaxConcurrency { get; set; }
    public int? RedriveCount { get; set; }
    [JsonRequired] public MapRunStatus Status { get; set; } = null!;
    public float? ToleratedFailurePercentage { get; set; }
}

public sealed class DescribeStateMachineAliasRequest : AmazonStepFunctionsRequest { public string? StateMachineAliasArn { get; set; } }

public sealed class DescribeStateMachineAliasResponse : AmazonWebServiceResponse
{
    [JsonRequired] public List<RoutingConfigurationListItem> RoutingConfiguration { get; set; } = null!;
    [JsonRequired] public string StateMachineAliasArn { get; set; } = null!;
}

public sealed class DescribeStateMachineRequest : AmazonStepFunctionsRequest { public string? StateMachineArn { get; set; } }

public sealed class DescribeStateMachineResponse : AmazonWebServiceResponse
{
    public DateTime? CreationDate { get; set; }
    [JsonRequired] public string Definition { get; set; } = null!;
    public LoggingConfiguration? LoggingConfiguration { get; set; }
    public string? RevisionId { get; set; }
    [JsonRequired] public string RoleArn { get; set; } = null!;
    [JsonRequired] public string StateMachineArn { get; set; } = null!;
    public TracingConfiguration? TracingConfiguration { get; set; }
}

public sealed class ExecutionFailedEventDetails
{
    public string? Cause { get; set; }
    public string? Error { get; set; }
}

public sealed class ExecutionListItem
{
    [JsonRequired] public string ExecutionArn { get; set; } = null!;
    [JsonRequired] public string Name { get; set; } = null!;
    [JsonRequired] public DateTime? StartDate { get; set; }
    [JsonRequired] public ExecutionStatus Status { get; set; } = null!;
}

public sealed class GetExecutionHistoryRequest : AmazonStepFunctionsRequest
{
    public string? ExecutionArn { get; set; }
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }
    public bool? ReverseOrder { get; set; }
}

public sealed class GetExecutionHistoryResponse : AmazonWebServiceResponse
{
    [JsonRequired] public List<HistoryEvent> Events { get; set; } = null!;
    public string? NextToken { get; set; }
}

public sealed class HistoryEvent
{
    public ExecutionFailedEventDetails? ExecutionFailedEventDetails { get; set; }
    public LambdaFunctionFailedEventDetails? LambdaFunctionFailedEventDetails { get; set; }
    public StateEnteredEventDetails? StateEnteredEventDetails { get; set; }
    public StateExitedEventDetails? StateExitedEventDetails { get; set; }
    [JsonRequired] public DateTime? Timestamp { get; set; }
    [JsonRequired] public HistoryEventType Type { get; set; } = null!;
}

public sealed class LambdaFunctionFailedEventDetails
{
    public string? Cause { get; set; }
    public string? Error { get; set; }
}

public sealed class ListExecutionsRequest : AmazonStepFunctionsRequest
{
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }
    public string? StateMachineArn { get; set; }
    public ExecutionStatus? StatusFilter { get; set; }
}

public sealed class ListExecutionsResponse : AmazonWebServiceResponse
{
    [JsonRequired] public List<ExecutionListItem> Executions { get; set; } = null!;
    public string? NextToken { get; set; }
}

public sealed class ListMapRunsRequest : AmazonStepFunctionsRequest { public string? ExecutionArn { get; set; } }

public sealed class ListMapRunsResponse : AmazonWebServiceResponse { [JsonRequired] public List<MapRunListItem> MapRuns { get; set; } = null!; }

public sealed class ListStateMachineAliasesRequest : AmazonStepFunctionsRequest
{
    public string? NextToken { get; set; }
    public string? StateMachineArn { get; set; }
}

public sealed class ListStateMachineAliasesResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }
    [JsonRequired] public List<StateMachineAliasListItem> StateMachineAliases { get; set; } = null!;
}

public sealed class ListStateMachineVersionsRequest : AmazonStepFunctionsRequest
{
    public string? NextToken { get; set; }
    public string? StateMachineArn { get; set; }
}

public sealed class ListStateMachineVersionsResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }
    [JsonRequired] public List<StateMachineVersionListItem> StateMachineVersions { get; set; } = null!;
}

public sealed class ListStateMachinesRequest : AmazonStepFunctionsRequest
{
    public int? MaxResults { get; set; }
    public string? NextToken { get; set; }
}

public sealed class ListStateMachinesResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }
    [JsonRequired] public List<StateMachineListItem> StateMachines { get; set; } = null!;
}

public sealed class ListTagsForResourceRequest : AmazonStepFunctionsRequest { public string? ResourceArn { get; set; } }

public sealed class ListTagsForResourceResponse : AmazonWebServiceResponse { public List<Tag>? Tags { get; set; } }

public sealed class LogDestination { public CloudWatchLogsLogGroup? CloudWatchLogsLogGroup { get; set; } }

public sealed class LoggingConfiguration
{
    public List<LogDestination>? Destinations { get; set; }
    public bool? IncludeExecutionData { get; set; }
    public LogLevel? Level { get; set; }
}

public sealed class MapRunExecutionCounts
{
    public long? Aborted { get; set; }
    public long? Failed { get; set; }
    public long? Pending { get; set; }
    public long? ResultsWritten { get; set; }
    public long? Running { get; set; }
    public long? Succeeded { get; set; }
    public long? Total { get; set; }
}

public sealed class MapRunItemCounts
{
    public long? Aborted { get; set; }
    public long? Failed { get; set; }
    public long? ResultsWritten { get; set; }
    public long? Succeeded { get; set; }
    public long? TimedOut { get; set; }
    public long? Total { get; set; }
}

public sealed class MapRunListItem
{
    [JsonRequired] public string MapRunArn { get; set; } = null!;
    [JsonRequired] public DateTime? StartDate { get; set; }
}

public sealed class PublishStateMachineVersionRequest : AmazonStepFunctionsRequest
{
    public string? RevisionId { get; set; }
    public string? StateMachineArn { get; set; }
}

public sealed class PublishStateMachineVersionResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string StateMachineVersionArn { get; set; } = null!;
}

public sealed class RedriveExecutionRequest : AmazonStepFunctionsRequest
{
    public string? ClientToken { get; set; }
    public string? ExecutionArn { get; set; }
}

public sealed class RedriveExecutionResponse : AmazonWebServiceResponse { [JsonRequired] public DateTime? RedriveDate { get; set; } }

public sealed class RoutingConfigurationListItem
{
    [JsonRequired] public string StateMachineVersionArn { get; set; } = null!;
    [JsonRequired] public int? Weight { get; set; }
}

public sealed class StartExecutionRequest : AmazonStepFunctionsRequest
{
    public string? Input { get; set; }
    public string? Name { get; set; }
    public string? StateMachineArn { get; set; }
}

public sealed class StartExecutionResponse : AmazonWebServiceResponse
{
    [JsonRequired] public string ExecutionArn { get; set; } = null!;
    [JsonRequired] public DateTime? StartDate { get; set; }
}

public sealed class StateEnteredEventDetails
{
    public string? Input { get; set; }
    [JsonRequired] public string Name { get; set; } = null!;
}

public sealed class StateExitedEventDetails
{
    [JsonRequired] public string Name { get; set; } = null!;
    public string? Output { get; set; }
}

public sealed class StateMachineAliasListItem { [JsonRequired] public string StateMachineAliasArn { get; set; } = null!; }

public sealed class StateMachineListItem
{
    [JsonRequired] public DateTime? CreationDate { get; set; }
    [JsonRequired] public string Name { get; set; } = null!;
    [JsonRequired] public string StateMachineArn { get; set; } = null!;
    [JsonRequired] public StateMachineType Type { get; set; } = null!;
}

public sealed class StateMachineVersionListItem { [JsonRequired] public string StateMachineVersionArn { get; set; } = null!; }

public sealed class StopExecutionRequest : AmazonStepFunctionsRequest
{
    public string? Cause { get; set; }
    public string? Error { get; set; }
    public string? ExecutionArn { get; set; }
}

public sealed class StopExecutionResponse : AmazonWebServiceResponse { [JsonRequired] public DateTime? StopDate { get; set; } }

public sealed class Tag
{
    public string? Key { get; set; }
    public string? Value { get; set; }
}

public sealed class TagResourceRequest : AmazonStepFunctionsRequest
{
    public string? ResourceArn { get; set; }
    public List<Tag>? Tags { get; set; }
}

public sealed class TagResourceResponse : AmazonWebServiceResponse;

public sealed class TracingConfiguration { public bool? Enabled { get; set; } }

public sealed class UntagResourceRequest : AmazonStepFunctionsRequest
{
    public string? ResourceArn { get; set; }
    public List<string>? TagKeys { get; set; }
}

public sealed class UntagResourceResponse : AmazonWebServiceResponse;

public sealed class UpdateStateMachineAliasRequest : AmazonStepFunctionsRequest
{
    public List<RoutingConfigurationListItem>? RoutingConfiguration { get; set; }
    public string? StateMachineAliasArn { get; set; }
}

public sealed class UpdateStateMachineAliasResponse : AmazonWebServiceResponse { [JsonRequired] public DateTime? UpdateDate { get; set; } }

public sealed class UpdateStateMachineRequest : AmazonStepFunctionsRequest
{
    public string? Definition { get; set; }
    public LoggingConfiguration? LoggingConfiguration { get; set; }
    public string? RoleArn { get; set; }
    public string? StateMachineArn { get; set; }
    public TracingConfiguration? TracingConfiguration { get; set; }
}

public sealed class UpdateStateMachineResponse : AmazonWebServiceResponse
{
    public string? RevisionId { get; set; }
    [JsonRequired] public DateTime? UpdateDate { get; set; }
}

public sealed class ValidateStateMachineDefinitionDiagnostic
{
    [JsonRequired] public string Code { get; set; } = null!;
    public string? Location { get; set; }
    [JsonRequired] public string Message { get; set; } = null!;
    public ValidateStateMachineDefinitionSeverity? Severity { get; set; }
}

public sealed class ValidateStateMachineDefinitionRequest : AmazonStepFunctionsRequest
{
    public string? Definition { get; set; }
    public ValidateStateMachineDefinitionSeverity? Severity { get; set; }
    public StateMachineType? Type { get; set; }
}

public sealed class ValidateStateMachineDefinitionResponse : AmazonWebServiceResponse
{
    [JsonRequired] public List<ValidateStateMachineDefinitionDiagnostic> Diagnostics { get; set; } = null!;
    [JsonRequired] public ValidateStateMachineDefinitionResultCode Result { get; set; } = null!;
}
