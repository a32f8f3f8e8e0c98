using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CmEtl.Lambda;

/// <summary>A client of the Lambda runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).</summary>
internal sealed class RuntimeClient : IDisposable
{
    /// <summary>
    /// Maximum event size in bytes: the limit of Step Functions (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
    /// </summary>
    public const int LargestEvent = 256 * 1024;

    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";

    // A request to "next" returns at the next event, possibly after hours.
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="api">Host and port, from AWS_LAMBDA_RUNTIME_API.</param>
    public RuntimeClient(string api) => _http.BaseAddress = new Uri($"http://{api}/2018-06-01/runtime/");

    /// <summary>Waits for the next event.</summary>
    public async Task<Invocation> NextAsync(CancellationToken stop)
    {
        using var response = await _http.GetAsync("invocation/next", HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        var deadline = long.Parse(Header(response, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture);
        return new Invocation(
            Header(response, "Lambda-Runtime-Aws-Request-Id"), DateTimeOffset.FromUnixTimeMilliseconds(deadline),
            await ReadAsync(response.Content, stop));
    }

    /// <summary>Sends the reply of an invocation.</summary>
    public Task RespondAsync(string requestId, byte[] reply, CancellationToken cancel) =>
        PostAsync($"invocation/{requestId}/response", reply, errorType: null, cancel);

    /// <summary>Reports that an invocation failed. The caller gets the error's type and message.</summary>
    public Task FailAsync(string requestId, FunctionError error, CancellationToken cancel) =>
        PostAsync($"invocation/{requestId}/error", Json(error), error.ErrorType, cancel);

    /// <summary>Reports that the function cannot start.</summary>
    public Task FailInitAsync(FunctionError error, CancellationToken cancel) => PostAsync("init/error", Json(error), error.ErrorType, cancel);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, byte[] body, string? errorType, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (errorType is not null)
        {
            request.Headers.Add(ErrorTypeHeader, errorType);
        }

        using var response = await _http.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken stop)
    {
        if (content.Headers.ContentLength > LargestEvent)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(stop);
        var buffer = new byte[LargestEvent + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return length > LargestEvent ? null : buffer[..length];
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static byte[] Json(FunctionError error) => JsonSerializer.SerializeToUtf8Bytes(error, ErrorJson.Default.FunctionError);
}
