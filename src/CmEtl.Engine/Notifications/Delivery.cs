using System.Net;

namespace CmEtl.Engine;

/// <summary>
/// Sends a notification over HTTP, in up to three attempts, each with a time limit. Only the status of the response is read.
/// </summary>
internal static class Delivery
{
    /// <summary>Time limit of one attempt.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    /// <param name="send">Sends it once and returns the status of the response.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Why it failed; null when it was accepted.</returns>
    public static async Task<string?> RepeatAsync(Func<CancellationToken, Task<int>> send, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (problem, again) = await TryAsync(send, cancel);
            if (problem is null || !again || attempt == Pauses.Length)
            {
                return problem is null ? null : $"{problem}, after {attempt + 1} attempts";
            }

            await Task.Delay(Pauses[attempt], cancel);
        }
    }

    private static async Task<(string? Problem, bool Again)> TryAsync(Func<CancellationToken, Task<int>> send, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            var code = await send(limit.Token);
            return code switch
            {
                >= 200 and < 300 => (null, false),
                >= 300 and < 400 => ($"the address returned {code}, a redirect, which is not followed", false),
                _ => ($"the address returned {code}",
                    code >= 500 || (HttpStatusCode)code is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ($"no answer within {Limit.TotalSeconds:F0} s", true);
        }
        catch (HttpRequestException error)
        {
            // The text of the exception contains the host.
            return ($"the address could not be reached ({error.HttpRequestError})", true);
        }
        catch (CmEtlException error)
        {
            return ($"{error.Message} {error.Remedy}", error.Kind == ErrorKind.Transient);
        }
    }
}
