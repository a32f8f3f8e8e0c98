using CmEtl.Aws.Credentials;
using CmEtl.Engine;
using CmEtl.Lambda;

namespace CmEtl.Aws.Notifications;

/// <summary>The topic of notify_sns_topic_arn, by the same code as the function's.</summary>
public static class NotificationTopic
{
    /// <summary>What the engine publishes with; null when no topic is set.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="aws">Region and profile; the region is that of the topic.</param>
    public static Func<string, string, CancellationToken, Task<int>>? Of(EtlSettings settings, AwsConnection aws)
    {
        var arn = settings.NotifySnsTopicArn;
        var given = Environment.GetEnvironmentVariable(SnsTopic.EndpointVariable);
        var endpoint = Uri.TryCreate(given, UriKind.Absolute, out var uri) ? uri : null;
        return arn.Length == 0 ? null : new SnsTopic(arn, () => DatabasePassword.FindAsync(aws.For(arn)), endpoint).PublishAsync;
    }
}
