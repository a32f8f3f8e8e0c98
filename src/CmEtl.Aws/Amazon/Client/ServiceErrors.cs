using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using CmEtl.Engine;

namespace CmEtl.Aws.Client;

/// <summary>
/// Limits the time of an operation with all its retries, and converts network failures to one error type: refused, reset and closed
/// connections, names that cannot be resolved, replies that do not end.
/// </summary>
internal static class ServiceErrors
{
    /// <summary>Remedy for a reply that did not come from the service.</summary>
    public const string CheckTheWay = "Check the region, the endpoint and the proxies, then run the same command again.";

    public static async Task<T> GuardAsync<T>(
        ServiceConfig config, string operation, Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        var since = Stopwatch.StartNew();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        both.CancelAfter(config.Limit(operation));
        try
        {
            return await call(both.Token);
        }
        catch (AmazonUnmarshallingException error) when (error.InnerException is CmEtlException known)
        {
            throw known;
        }
        catch (Exception error) when (error is not CmEtlException && CredentialErrors.Explain(error, config) is { } explained)
        {
            throw explained;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && (both.IsCancellationRequested || IsTimeout(error)))
        {
            throw new CmEtlException(
                ErrorKind.Transient, ErrorIds.ServiceTimeout, $"{At(config)} did not respond to {operation} within {since.Elapsed.TotalSeconds:0} s.",
                "Check the network and the state of the service, then run the same command again.");
        }
        catch (Exception error) when (Reason(error) is { } reason)
        {
            throw new CmEtlException(
                ErrorKind.Transient, ErrorIds.ServiceUnreachable, $"{At(config)} cannot be reached for {operation}: {reason}.", CheckTheWay);
        }
    }

    private static string At(ServiceConfig config) =>
        Uri.TryCreate(config.DetermineServiceOperationEndpoint(null!).URL, UriKind.Absolute, out var url)
            ? $"{config.RegionEndpointServiceName} at {url.GetLeftPart(UriPartial.Authority)}"
            : config.RegionEndpointServiceName;

    private static bool IsTimeout(Exception error) => Chain(error).Any(e => e is TimeoutException or OperationCanceledException);

    // Credentials can also come from the network. Then the SDK's error has more details than the network's.
    private static string? Reason(Exception error) =>
        error is CmEtlException or AmazonServiceException { ErrorCode.Length: > 0 }
            || (error is AmazonClientException && error is not AmazonServiceException) ? null
        : Chain(error)
            .LastOrDefault(e => e is SocketException or HttpRequestException or IOException or WebException)?.Message.TrimEnd('.');

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }
}
