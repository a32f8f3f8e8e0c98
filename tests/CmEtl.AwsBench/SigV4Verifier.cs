using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CmEtl.AwsBench;

/// <summary>
/// Computes a request's signature and compares it with the given one:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html.
/// </summary>
public sealed class SigV4Verifier(string accessKey, string secretKey, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Null when the signature is correct, otherwise the error code of AWS.</summary>
    public string? Refuse(HttpListenerRequest request, byte[] body)
    {
        var header = request.Headers["Authorization"];
        if (header is null || !header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return "MissingAuthenticationTokenException";
        }

        var parts = header[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var scope = parts["Credential"].Split('/');
        if (scope.Length != 5 || scope[0] != accessKey)
        {
            return "UnrecognizedClientException";
        }

        var date = request.Headers["X-Amz-Date"] ?? "";
        if (!DateTime.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", null, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var at)
            || (DateTime.UtcNow - at).Duration() > TimeSpan.FromMinutes(5) || scope[3] != service)
        {
            return "InvalidSignatureException";
        }

        var canonical = string.Join(
            '\n', request.HttpMethod, Path(request), Query(request), Headers(request, parts["SignedHeaders"]), parts["SignedHeaders"], Hex(SHA256.HashData(body)));
        var toSign = string.Join('\n', Algorithm, date, string.Join('/', scope.Skip(1)),
            Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = scope.Skip(1).Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), Sign);
        var expected = Encoding.ASCII.GetBytes(Hex(Sign(key, toSign)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(parts["Signature"])) ? null : "InvalidSignatureException";
    }

    /// <summary>All services except S3 sign the path with one more level of escaping than is sent.</summary>
    private static string Path(HttpListenerRequest request) =>
        string.Join('/', request.RawUrl!.Split('?')[0].Split('/').Select(Uri.EscapeDataString));

    private static string Query(HttpListenerRequest request)
    {
        var question = request.RawUrl!.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? "" : string.Join(
            '&', request.RawUrl[(question + 1)..].Split('&').Select(p => p.Contains('=') ? p : p + "=").Order(StringComparer.Ordinal));
    }

    private static string Headers(HttpListenerRequest request, string signed) =>
        string.Concat(signed.Split(';').Select(name => $"{name}:{request.Headers[name]?.Trim()}\n"));

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
