using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CmEtl.AwsBench;

namespace CmEtl.Tests;

/// <summary>Notifications to a topic of Amazon SNS: a real HTTP server computes the signature again and reads the form.</summary>
[Collection(ModuleServer.Name)]
public sealed class NotificationTopicTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:cm-etl";

    [Fact]
    public void The_end_of_a_run_is_published_again_when_the_service_is_busy()
    {
        var verifier = new SigV4Verifier("AKIDEXAMPLE", "example-secret-key", "sns");
        var forms = new ConcurrentQueue<Dictionary<string, string>>();
        var refusals = new ConcurrentQueue<string>();
        using var service = new LoopbackListener(async context =>
        {
            var body = await LoopbackListener.ReadAsync(context);
            if (verifier.Refuse(context.Request, body) is { } refusal)
            {
                refusals.Enqueue(refusal);
            }

            forms.Enqueue(Encoding.ASCII.GetString(body).Split('&').Select(p => p.Split('='))
                .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1])));
            await LoopbackListener.AnswerAsync(context, forms.Count == 1 ? 503 : 200, "<PublishResponse/>"u8.ToArray());
        });

        var result = CliProcess.Run(Environment(service.Port), "--output", "list", "Start-CmEtl -New -Confirm:$false -Wait");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Empty(refusals);
        Assert.Equal(2, forms.Count);
        var form = forms.Last();
        Assert.Equal(
            ("Publish", "2010-03-31", Topic, "json"), (form["Action"], form["Version"], form["TopicArn"], form["MessageStructure"]));
        Assert.Matches(@"^CmEtl [^/]+/conflict: run \S+ is completed", form["Subject"]);
        using var message = JsonDocument.Parse(form["Message"]);
        using var plain = JsonDocument.Parse(message.RootElement.GetProperty("default").GetString()!);
        Assert.Equal("run_ended", plain.RootElement.GetProperty("event").GetString());
        Assert.Contains("\nNext step: Nothing to do.", message.RootElement.GetProperty("email").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(sandbox.Worker.Environment["POSTGRES_PASSWORD"], form["Message"], StringComparison.Ordinal);
        Assert.Equal("run_ended by topic", sandbox.Sql.Scalar("SELECT reason FROM cm_etl.event WHERE kind = 'notification sent' ORDER BY event_id DESC LIMIT 1"));
    }

    [Fact]
    public void A_topic_that_refuses_is_written_down_and_changes_nothing()
    {
        using var service = new LoopbackListener(context => LoopbackListener.AnswerAsync(context, 403, "<ErrorResponse/>"u8.ToArray()));

        var result = CliProcess.Run(Environment(service.Port), "Start-CmEtl -New -Confirm:$false -Wait");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            "run_ended by topic: the address returned 403, after 1 attempts",
            sandbox.Sql.Scalar("SELECT reason FROM cm_etl.event WHERE kind = 'notification failed' ORDER BY event_id DESC LIMIT 1"));
    }

    private Dictionary<string, string> Environment(int port) => new(sandbox.Worker.Environment)
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "example-secret-key", ["CMETL_NOTIFY_SNS_TOPIC_ARN"] = Topic,
        ["AWS_ENDPOINT_URL_SNS"] = $"http://127.0.0.1:{port}",
    };
}
