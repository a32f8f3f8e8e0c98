using System.Text.Json;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Reads the password from Secrets Manager (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html): the
/// whole secret, or its field <c>password</c>, as in secrets of RDS. Cached for a few minutes, so that a rotated password is soon used.
/// </summary>
/// <param name="arn">ARN of the secret.</param>
/// <param name="identity">The function's role. It needs secretsmanager:GetSecretValue on the secret.</param>
/// <param name="endpoint">Another endpoint (a VPC's, or a test's), or null.</param>
internal sealed class SecretReader(string arn, AwsIdentity identity, Uri? endpoint) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private (string Password, DateTimeOffset At)? _last;

    /// <summary>Reads the password. Throws <see cref="CmEtlException"/>, of kind Transient if the service did not respond.</summary>
    public async ValueTask<string> ReadAsync(CancellationToken cancel)
    {
        if (_last is { } last && DateTimeOffset.UtcNow - last.At < Kept)
        {
            return last.Password;
        }

        using var request = Sign(JsonSerializer.SerializeToUtf8Bytes(new SecretRequest(arn), SecretJson.Default.SecretRequest));
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                var status = (int)response.StatusCode;
                throw Failed(status is 429 or >= 500 ? ErrorKind.Transient : ErrorKind.Configuration, $"status {status}");
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            var secret = (await JsonSerializer.DeserializeAsync(body, SecretJson.Default.SecretReply, cancel))?.SecretString;
            var password = secret is null ? throw Failed(ErrorKind.Configuration, "a secret without text") : Password(secret);
            _last = (password, DateTimeOffset.UtcNow);
            return password;
        }
        catch (Exception error) when (
            error is HttpRequestException or JsonException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw Failed(ErrorKind.Transient, error.GetType().Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Sign(byte[] body)
    {
        var region = arn.Split(':') is [_, _, _, { Length: > 0 } named, ..] ? named : identity.Region;
        return SignedRequest.Post(identity, "secretsmanager", region, endpoint, "application/x-amz-json-1.1", body, "secretsmanager.GetSecretValue");
    }

    private static string Password(string secret)
    {
        try
        {
            using var json = JsonDocument.Parse(secret);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("password", out var password)
                && password.ValueKind == JsonValueKind.String ? password.GetString()! : secret;
        }
        catch (JsonException)
        {
            return secret;
        }
    }

    private static CmEtlException Failed(ErrorKind kind, string what) => new(
        kind, ErrorIds.SecretUnreadable, $"The database password could not be read from Secrets Manager: {what}.",
        "Check CMETL_PASSWORD_SECRET_ARN, the role's permission secretsmanager:GetSecretValue and the network route to the service.");
}
