using Amazon.Runtime;

namespace CmEtl.Aws.Client;

/// <summary>
/// Reads every answer whole before the SDK sees it, within the time of the request: otherwise the SDK reads bodies synchronously and
/// without a time limit, and a server that stops in the middle of an answer blocks a thread for good.
/// </summary>
internal sealed class ServiceHttp : HttpClientFactory
{
    // Pages of a history are the largest answers: 1,000 events of a few hundred bytes each.
    private const int MaxBytes = 64 * 1024 * 1024;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new WholeAnswers(new SocketsHttpHandler
        {
            // Neither service redirects. Followed, a redirect would take the request to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // A host name can move to another address.
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
            // A request without content is repeated three times by SocketsHttpHandler when a connection closes, for each of the SDK's
            // retries.
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
                // The SDK takes an answer that ends early for a stale connection and repeats the request ten times on top of its retries.
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
