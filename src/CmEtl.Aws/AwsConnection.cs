using Amazon;
using Amazon.CloudWatchLogs;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.StepFunctions;
using CmEtl.Engine;

namespace CmEtl.Aws;

/// <summary>
/// Where the services are and who asks. What is null is found as every AWS tool finds it: environment, profile, single sign-on, role
/// (https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html).
/// </summary>
/// <param name="Region">Region's system name, like us-east-1.</param>
/// <param name="ProfileName">A profile of the shared configuration files; it may set the region too.</param>
/// <param name="EndpointUrl">Address of the service instead of the region's own: a private endpoint, a test server.</param>
public sealed record AwsConnection(string? Region = null, string? ProfileName = null, string? EndpointUrl = null)
{
    /// <summary>A client of Step Functions.</summary>
    public AmazonStepFunctionsClient OpenStepFunctions() => new(Configure(new AmazonStepFunctionsConfig()));

    /// <summary>A client of Lambda.</summary>
    public AmazonLambdaClient OpenLambda() => new(Configure(new AmazonLambdaConfig()));

    /// <summary>A client of CloudWatch Logs. The address that is given is that of another service.</summary>
    public AmazonCloudWatchLogsClient OpenLogs() => new((this with { EndpointUrl = null }).Configure(new AmazonCloudWatchLogsConfig()));

    /// <summary>The connection for what an ARN names: its region, where none is set.</summary>
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
            // A URL hides the region that a signature names, and setting one takes the other away.
            var region = Region ?? Environment.GetEnvironmentVariable("AWS_REGION") ?? config.RegionEndpoint?.SystemName;
            config.ServiceURL = EndpointUrl;
            config.AuthenticationRegion = region;
        }

        return config;
    }

    private static CmEtlException Invalid(string parameter, string allowed) => new(
        ErrorKind.Configuration, ErrorIds.AwsSetup, $"{parameter} is not {allowed}.", "Correct it. No request was sent.") { Subject = parameter };
}
