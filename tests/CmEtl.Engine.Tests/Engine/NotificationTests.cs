using System.Text.Json;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Notifications are sent to real servers, including faulty ones, contain no secret, and never change a run.</summary>
[Collection(AccountingTestGroup.Name)]
public sealed class NotificationTests(EngineServer server)
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    [Fact]
    public async Task The_end_of_a_run_is_notified_with_its_counts_and_those_of_recent_runs()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync();
        using var hook = new WebhookServer(_ => Ok);
        var run = await database.CompleteAsync(null, s => s with { NotifyWebhook = hook.Address });
        using var told = JsonDocument.Parse(Assert.Single(hook.Bodies));
        var body = told.RootElement;
        Assert.Equal(
            ("run_ended", run.RunId, "Completed", run.RowsConfirmed, "Nothing to do."),
            (Text(body, "event"), Text(body, "runId"), Text(body, "state"), body.GetProperty("rowsConfirmed").GetInt64(), Text(body, "nextStep")));
        Assert.False(body.GetProperty("problem").GetBoolean());
        var recent = body.GetProperty("recent");
        Assert.Equal((1, run.RowsPlanned), (recent.GetProperty("runs").GetInt32(), recent.GetProperty("rowsPlanned").GetInt64()));
        Assert.Equal("run_ended by webhook", await database.ReadAsync<string>("SELECT reason FROM cm_etl.event WHERE kind = 'notification sent'"));
    }

    [Fact]
    public async Task A_failed_run_is_notified_to_Slack_and_Teams_without_an_SSN_or_a_secret()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        var ssns = await database.ReadAsync<string[]>("SELECT array_agg(DISTINCT \"SSN\") FROM conflict.conflictvisitmaps WHERE \"SSN\" <> ''");
        foreach (var format in new[] { "slack", "teams", "json" })
        {
            using var hook = new WebhookServer(_ => Ok);
            await database.RunAsync(
                null, s => s with { NotifyWebhook = hook.Address, NotifyFormat = format, NotifyOn = "problems", RetryMaxAttempts = 0 });
            var body = Assert.Single(hook.Bodies);
            using var told = JsonDocument.Parse(body);
            var text = format switch
            {
                "slack" => Text(told.RootElement, "text"),
                "teams" => told.RootElement.GetProperty("attachments")[0].GetProperty("content").GetRawText(),
                _ => body,
            };
            Assert.Contains("chunks are not done", text, StringComparison.Ordinal);
            Assert.Contains("remove the cause and start again", text, StringComparison.Ordinal);
            Assert.DoesNotContain(ssns, s => body.Contains(s, StringComparison.Ordinal));
            Assert.DoesNotContain(database.Settings.Password!, body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(database.Log.Lines, l => l.Contains("T0SECRET", StringComparison.Ordinal));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE reason LIKE '%T0SECRET%' OR reason LIKE '%127.0.0.1%'"));
    }

    [Theory]
    [InlineData("503 Service Unavailable", "", 3, "the address returned 503, after 3 attempts")]
    [InlineData("404 Not Found", "", 1, "the address returned 404, after 1 attempts")]
    [InlineData("302 Found", "Location: http://127.0.0.1:1/elsewhere\r\n", 1, "the address returned 302, a redirect, which is not followed, after 1 attempts")]
    public async Task A_server_that_refuses_is_written_down_and_changes_nothing(string status, string header, int attempts, string problem)
    {
        await using var database = await server.CopyAsync();
        using var hook = new WebhookServer(_ => WebhookServer.Status(status, header));
        await database.CompleteAsync(null, s => s with { NotifyWebhook = hook.Address });
        Assert.Equal(attempts, hook.Bodies.Count);
        Assert.Equal($"run_ended by webhook: {problem}", await database.ReadAsync<string>("SELECT reason FROM cm_etl.event WHERE kind = 'notification failed'"));
    }

    [Fact]
    public async Task A_server_that_recovers_is_notified_at_the_second_attempt()
    {
        await using var database = await server.CopyAsync();
        using var hook = new WebhookServer(n => n == 0 ? "garbage\r\n\r\n" : Ok);
        await database.CompleteAsync(null, s => s with { NotifyWebhook = hook.Address });
        Assert.Equal(2, hook.Bodies.Count);
        Assert.Equal(1, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'notification sent'"));
    }

    [Fact]
    public async Task A_server_that_hangs_and_one_that_is_not_there_end_by_their_time_limits()
    {
        await using var database = await server.CopyAsync();
        using var hook = new WebhookServer(_ => null);
        await database.CompleteAsync(null, s => s with { NotifyWebhook = hook.Address });
        Assert.Equal(3, hook.Bodies.Count);
        await database.CompleteAsync(null, s => s with { NotifyWebhook = "http://127.0.0.1:1/nobody" });
        Assert.Equal(
            "run_ended by webhook: no answer within 10 s, after 3 attempts|run_ended by webhook: the address could not be reached (ConnectionError), after 3 attempts",
            await database.ReadAsync<string>("SELECT string_agg(reason, '|' ORDER BY event_id) FROM cm_etl.event WHERE kind = 'notification failed'"));
    }

    [Fact]
    public async Task A_command_reads_the_notification()
    {
        await using var database = await server.CopyAsync();
        var file = Path.GetTempFileName();
        await database.CompleteAsync(null, s => s with { NotifyCommand = $"tee {file}" });
        using var told = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal("run_ended", Text(told.RootElement, "event"));
        File.Delete(file);
    }

    [Fact]
    public async Task A_waiting_run_and_one_without_progress_are_notified_once_each()
    {
        await using var database = await server.CopyAsync();
        using var hook = new WebhookServer(_ => Ok);
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(null, s => s with { NotifyWebhook = hook.Address, NotifyStallMinutes = 0.03 });
            await UntilToldAsync(hook, "run_stalled");
            await database.Engine().SuspendAsync(null, "backup", CancellationToken.None);
        }

        // The two chunks that were being processed have ended since, so the run made progress and then waits.
        await UntilToldAsync(hook, "run_waiting");
        await database.Engine().ContinueAsync(null, CancellationToken.None);
        (await running).AssertCompleted();
        var told = hook.Bodies.Select(b => JsonDocument.Parse(b).RootElement).ToList();
        var waits = Assert.Single(told, t => Text(t, "event") == "run_waiting");
        Assert.Contains("backup", Text(waits, "reason"), StringComparison.Ordinal);
        Assert.Equal("run_ended", Text(told[^1], "event"));
    }

    private static async Task UntilToldAsync(WebhookServer hook, string what)
    {
        for (var i = 0; i < 2_400 && !hook.Bodies.Any(b => b.Contains(what, StringComparison.Ordinal)); i++)
        {
            await Task.Delay(50);
        }

        Assert.Contains(hook.Bodies, b => b.Contains(what, StringComparison.Ordinal));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
