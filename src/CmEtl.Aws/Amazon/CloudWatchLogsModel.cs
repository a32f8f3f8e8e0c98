using System.Text.Json.Serialization;
using Amazon.Runtime;

#pragma warning disable CS1591 // Documented by AWS.
#pragma warning disable CA2227, CA1002 // Types as in the package.

namespace Amazon.CloudWatchLogs.Model;

public sealed class FilteredLogEvent
{
    public string? EventId { get; set; }
    public long? IngestionTime { get; set; }
    public string? LogStreamName { get; set; }
    public string? Message { get; set; }
    public long? Timestamp { get; set; }
}

public sealed class FilterLogEventsRequest : AmazonWebServiceRequest
{
    public long? EndTime { get; set; }
    public string? FilterPattern { get; set; }
    public int? Limit { get; set; }
    public string? LogGroupName { get; set; }
    public string? NextToken { get; set; }
    public long? StartTime { get; set; }
}

public sealed class FilterLogEventsResponse : AmazonWebServiceResponse
{
    // The service returns an empty list for a page without events. A response without the list comes from something else.
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
    [JsonRequired] public List<FilteredLogEvent> Events { get; set; } = null!;
    public string? NextToken { get; set; }
}
