using System.Text.Json;
using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using CmEtl.Aws.Client;

namespace Amazon.CloudWatchLogs;

/// <summary>Region, endpoint and retries of a client, as in the package AWSSDK.CloudWatchLogs.</summary>
public sealed class AmazonCloudWatchLogsConfig : ServiceConfig
{
    /// <summary>The service id CloudWatch Logs is part of <c>AWS_ENDPOINT_URL_CLOUDWATCH_LOGS</c>.</summary>
    public AmazonCloudWatchLogsConfig()
        : base("CloudWatch Logs", "logs", "2014-03-28") => Timeout = TimeSpan.FromSeconds(20);

    internal override TimeSpan Limit(string operation) => TimeSpan.FromSeconds(45);
}

#pragma warning disable CS1591 // Documented by AWS.

/// <summary>CloudWatch Logs over AWS JSON 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html.</summary>
public sealed class AmazonCloudWatchLogsClient : ServiceClient, IAmazonCloudWatchLogs
{
    private static readonly JsonSerializerOptions Json = ServiceJson.Options(JsonNamingPolicy.CamelCase);

    /// <param name="clientConfig">Region and endpoint. Missing values are taken from the environment and the profile.</param>
    public AmazonCloudWatchLogsClient(AmazonCloudWatchLogsConfig clientConfig)
        : base(clientConfig, null)
    {
    }

    /// <param name="credentials">Credentials of the caller.</param>
    /// <param name="clientConfig">Region and endpoint. Missing values are taken from the environment and the profile.</param>
    public AmazonCloudWatchLogsClient(AWSCredentials credentials, AmazonCloudWatchLogsConfig clientConfig)
        : base(clientConfig, credentials)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata("CloudWatch Logs");

    public Task<FilterLogEventsResponse> FilterLogEventsAsync(FilterLogEventsRequest request, CancellationToken cancellationToken = default)
    {
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/x-amz-json-1.1", ["X-Amz-Target"] = "Logs_20140328.FilterLogEvents",
        };
        return SendAsync<FilterLogEventsResponse>(new ServiceOperation("CloudWatch Logs", "FilterLogEvents", "POST", "/", headers, Json), request, cancellationToken);
    }
}
