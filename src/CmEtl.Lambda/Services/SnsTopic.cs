using System.Text;

namespace CmEtl.Lambda;

/// <summary>
/// A topic of Amazon SNS, by the one operation that is needed (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html) in the query
/// protocol: a form with the action and the version of the API.
/// </summary>
/// <param name="arn">The topic; it names the region.</param>
/// <param name="identity">Who publishes; needs sns:Publish on the topic.</param>
/// <param name="endpoint">Another endpoint (a VPC's, or a test's), or null.</param>
internal sealed class SnsTopic(string arn, Func<Task<AwsIdentity>> identity, Uri? endpoint)
{
    /// <summary>The variable with another endpoint, as of every AWS tool.</summary>
    public const string EndpointVariable = "AWS_ENDPOINT_URL_SNS";

    private static readonly Lazy<HttpClient> Client = new(() => new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    }));

    /// <summary>Publishes a message.</summary>
    /// <param name="subject">Printable ASCII, shorter than 100 characters.</param>
    /// <param name="message">A JSON object with a text for each protocol and a default.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <returns>The status of the answer.</returns>
    public async Task<int> PublishAsync(string subject, string message, CancellationToken cancel)
    {
        (string Name, string Value)[] form =
        [
            ("Action", "Publish"), ("Version", "2010-03-31"), ("TopicArn", arn), ("Subject", subject), ("MessageStructure", "json"), ("Message", message),
        ];
        var body = Encoding.ASCII.GetBytes(string.Join('&', form.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}")));
        using var request = SignedRequest.Post(
            await identity(), "sns", arn.Split(':')[3], endpoint, "application/x-www-form-urlencoded; charset=utf-8", body);
        using var response = await Client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return (int)response.StatusCode;
    }
}
