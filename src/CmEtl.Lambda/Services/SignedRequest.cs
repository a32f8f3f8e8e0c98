using System.Globalization;
using System.Security.Cryptography;
using Amazon;
using Amazon.Runtime.Internal.Auth;

namespace CmEtl.Lambda;

/// <summary>
/// A POST to a service, signed with Signature Version 4
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// </summary>
internal static class SignedRequest
{
    /// <param name="identity">Who signs.</param>
    /// <param name="service">The service's name, in its host name and in the signature.</param>
    /// <param name="region">Its region.</param>
    /// <param name="endpoint">Another endpoint (a VPC's, or a test's), or null.</param>
    /// <param name="contentType">Type of the body.</param>
    /// <param name="body">The body.</param>
    /// <param name="target">The operation, for the JSON protocol; null for others.</param>
    public static HttpRequestMessage Post(
        AwsIdentity identity, string service, string region, Uri? endpoint, string contentType, byte[] body, string? target = null)
    {
        var now = DateTime.UtcNow;
        var uri = endpoint ?? new Uri($"https://{service}.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}/");
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = contentType, ["host"] = uri.Authority, ["x-amz-date"] = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        if (target is not null)
        {
            headers["x-amz-target"] = target;
        }

        if (identity.Credentials.UseToken)
        {
            headers["x-amz-security-token"] = identity.Credentials.Token;
        }

        var names = string.Join(';', headers.Keys);
        var canonical = $"POST\n/\n\n{string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{Convert.ToHexStringLower(SHA256.HashData(body))}";
        var signature = AWS4Signer.ComputeSignature(
            identity.Credentials.AccessKey, identity.Credentials.SecretKey, region, now, service, names, canonical);

        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in headers.Where(h => h.Key.StartsWith("x-amz-", StringComparison.Ordinal)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return request;
    }
}
