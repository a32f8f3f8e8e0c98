using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Creates a password from the function's role: a signed request for rds-db:connect that is never sent, valid for 15 minutes
/// (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.Connecting.html). Created for every connection, which
/// costs only a hash.
/// </summary>
internal static class RdsToken
{
    private const string Service = "rds-db";

    public static string Make(AwsIdentity identity, EtlSettings settings)
    {
        var request = new DefaultRequest(new TokenRequest(), Service)
        {
            UseQueryString = true, HttpMethod = "GET", Endpoint = new UriBuilder("https", settings.Host, settings.Port).Uri,
        };
        request.Parameters["X-Amz-Expires"] = "900";
        request.Parameters["DBUser"] = settings.User;
        request.Parameters["Action"] = "connect";
        if (identity.Credentials.UseToken)
        {
            request.Parameters["X-Amz-Security-Token"] = identity.Credentials.Token;
        }

        var signature = AWS4PreSignedUrlSigner.SignRequest(
            request, null, new RequestMetrics(), identity.Credentials.AccessKey, identity.Credentials.SecretKey, Service, identity.Region);
        return AmazonServiceClient.ComposeUrl(request).AbsoluteUri["https://".Length..] + "&" + signature.ForQueryParameters;
    }

    private sealed class TokenRequest : AmazonWebServiceRequest;
}
