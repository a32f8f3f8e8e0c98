using Amazon;
using Amazon.CloudWatchLogs;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws;

/// <summary>
/// Region, credentials and endpoint of the services. Null values are found as by other AWS tools: environment, profile, single sign-on,
/// role (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).
/// </summary>
/// <param name="Region">System name of the region, such as us-east-1.</param>
/// <param name="ProfileName">A profile of the shared configuration files. It can also set the region.</param>
/// <param name="EndpointUrl">Service address to use instead of the region's, such as a private endpoint or a test server.</param>
public sealed record AwsConnection(string? Region = null, string? ProfileName = null, string? EndpointUrl = null)
{
    /// <summary>A client of Step Functions.</summary>
    public AmazonStepFunctionsClient OpenStepFunctions() => new(Configure(new AmazonStepFunctionsConfig()));

    /// <summary>A client of Lambda.</summary>
    public AmazonLambdaClient OpenLambda() => new(Configure(new AmazonLambdaConfig()));

    /// <summary>A client of CloudWatch Logs. It ignores EndpointUrl, which is that of another service.</summary>
    public AmazonCloudWatchLogsClient OpenLogs() => new((this with { EndpointUrl = null }).Configure(new AmazonCloudWatchLogsConfig()));

    /// <summary>The connection for the resource of an ARN. Uses its region if none is set.</summary>
    public AwsConnection For(string? arn) =>
        Region is null && arn is not null && Arn.TryParse(arn, out var parsed) ? this with { Region = parsed.Region } : this;

    private T Configure<T>(T config)
        where T : ClientConfig
    {
        if (Region is not null && !Region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw Invalid("Region", "like us-east-1");
        }

        if (EndpointUrl is not null && !(Uri.TryCreate(EndpointUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            throw Invalid("EndpointUrl", "an http or https address");
        }

        if (ProfileName is not null)
        {
            config.Profile = new Profile(ProfileName);
        }

        if (Region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }

        if (EndpointUrl is not null)
        {
            // A signature needs a region, which a URL does not contain, and setting one property clears the other.
            var region = Region ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? config.RegionEndpoint?.SystemName;
            config.ServiceURL = EndpointUrl;
            config.AuthenticationRegion = region;
        }

        return config;
    }

    private static CmEtlException Invalid(string parameter, string allowed) => new(
        ErrorKind.Configuration, ErrorIds.AwsSetup, $"{parameter} is not {allowed}.", "Correct it. No request was sent.") { Subject = parameter };
}
