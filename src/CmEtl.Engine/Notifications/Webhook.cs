using System.Net;
using System.Net.Http.Headers;

namespace CmEtl.Engine;

/// <summary>
/// Posts a notification to the configured address. The address is a secret, because it allows posting, so no message contains it. Redirects
/// are not followed, and only the status of the response is read.
/// </summary>
internal static class Webhook
{
    /// <summary>Time limit of one attempt.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private static readonly Lazy<HttpClient> Client = new(() =>
        new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        });

    /// <summary>Whether a text is a valid address for a webhook.</summary>
    public static bool IsValid(string address) =>
        address.Length <= 2_000 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";

    /// <summary>Posts the notification, in up to three attempts.</summary>
    /// <returns>Why it failed; null when it was accepted.</returns>
    public static async Task<string?> PostAsync(string address, string format, Notification notification, CancellationToken cancel)
    {
        var body = Body(format, notification);
        for (var attempt = 0; ; attempt++)
        {
            var (problem, again) = await TryAsync(address, body, cancel);
            if (problem is null || !again || attempt == Pauses.Length)
            {
                return problem is null ? null : $"{problem}, after {attempt + 1} attempts";
            }

            await Task.Delay(Pauses[attempt], cancel);
        }
    }

    private static async Task<(string? Problem, bool Again)> TryAsync(string address, byte[] body, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            using var response = await Client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var code = (int)response.StatusCode;
            return code switch
            {
                >= 200 and < 300 => (null, false),
                >= 300 and < 400 => ($"the address returned {code}, a redirect, which is not followed", false),
                _ => ($"the address returned {code}", code >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout),
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
    }

    private static byte[] Body(string format, Notification notification) => format switch
    {
        "slack" => Json.Write(json => json.WriteString("text", Escaped(notification.Lines))),
        "teams" => Teams(notification),
        _ => notification.ToJson(),
    };

    // https://api.slack.com/reference/surfaces/formatting#escaping
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // An adaptive card, in the form that the workflow "Post to a channel when a webhook request is received" expects:
    // https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
    private static byte[] Teams(Notification notification) => Json.Write(json =>
    {
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        json.WriteStartObject();
        json.WriteString("type", "TextBlock");
        json.WriteString("weight", "Bolder");
        json.WriteBoolean("wrap", true);
        json.WriteString("text", notification.Title);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "FactSet");
        json.WriteStartArray("facts");
        foreach (var (name, value) in notification.Facts)
        {
            json.WriteStartObject();
            json.WriteString("title", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
