using System.Net.Http.Headers;

namespace CmEtl.Engine;

/// <summary>
/// Posts a notification to the configured address. The address is a secret, because it allows posting, so no message contains it. Redirects
/// are not followed, and only the status of the response is read.
/// </summary>
internal static class Webhook
{
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

    /// <summary>Posts the notification, with the attempts of <see cref="Delivery"/>.</summary>
    /// <returns>Why it failed; null when it was accepted.</returns>
    public static Task<string?> PostAsync(string address, string format, Notification notification, CancellationToken cancel)
    {
        var body = Body(format, notification);
        return Delivery.RepeatAsync(
            async limit =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
                using var response = await Client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
                return (int)response.StatusCode;
            },
            cancel);
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
