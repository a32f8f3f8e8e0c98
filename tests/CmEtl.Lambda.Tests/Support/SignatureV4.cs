using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Lambda.Tests;

/// <summary>A second implementation of Signature Version 4, from its description, to verify the function's.</summary>
internal static class SignatureV4
{
    public static string Sign(string secretKey, string scope, string time, string canonicalRequest)
    {
        var key = scope.Split('/')
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    public static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
