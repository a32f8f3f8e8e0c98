using Amazon.Runtime;

namespace CmEtl.Aws.Client;

/// <summary>
/// Reads every reply completely before it is passed to the SDK, within the time limit of the request. Otherwise the SDK reads bodies
/// synchronously and without a time limit, and a server that stops in the middle of a reply blocks a thread forever.
/// </summary>
internal sealed class ServiceHttp : HttpClientFactory
{
    // The largest replies are pages of a history: 1,000 events of a few hundred bytes each.
    private const int MaxBytes = 64 * 1024 * 1024;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new WholeAnswers(new SocketsHttpHandler
        {
            // The services do not redirect. Following a redirect would send the request to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // The address of a host name can change.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            Proxy = clientConfig.GetWebProxy(),
        }))
        {
            Timeout = clientConfig.Timeout ?? TimeSpan.FromSeconds(30),
        };

    private sealed class WholeAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // If a connection closes, SocketsHttpHandler repeats a request without content three times for each of the SDK's retries.
            request.Content ??= new ByteArrayContent([]);
            HttpResponseMessage? response = null;
            try
            {
                response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
                return response;
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                response?.Dispose();
                // The SDK treats a truncated reply as a stale connection, and repeats the request ten times in addition to its retries.
                throw new HttpRequestException(HttpRequestError.ConnectionError, error.GetBaseException().Message);
            }
            catch
            {
                response?.Dispose();
                throw;
            }
        }
    }
}
