using Amazon.CloudWatchLogs.Model;

#pragma warning disable CS1591 // Documented by AWS.

namespace Amazon.CloudWatchLogs;

/// <summary>The operation of CloudWatch Logs that CmEtl uses, as in the package AWSSDK.CloudWatchLogs.</summary>
public interface IAmazonCloudWatchLogs
{
    Task<FilterLogEventsResponse> FilterLogEventsAsync(FilterLogEventsRequest request, CancellationToken cancellationToken = default);
}
