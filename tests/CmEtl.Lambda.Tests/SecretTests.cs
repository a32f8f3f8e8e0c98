using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using CmEtl.AwsBench;

namespace CmEtl.Lambda.Tests;

/// <summary>Passwords that are not in the environment. The services run on loopback, and the signatures are verified.</summary>
[Collection(SharedServer.Name)]
public sealed class SecretTests(DataServer server)
{
    private const string Arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cm-AbCdEf";
    private const string Key = "example-secret-key";

    private static readonly (string, string)[] Identity =
    [
        ("POSTGRES_PASSWORD", ""), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", Key), ("AWS_SESSION_TOKEN", "tok/en=="), ("AWS_REGION", "us-east-1"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_password_comes_from_a_secret_read_once_and_signed(bool json)
    {
        var requests = new ConcurrentQueue<string>();
        using var service = new LoopbackListener(async context =>
        {
            requests.Enqueue(await CheckAsync(context));
            var password = RoleScript.Password;
            await LoopbackListener.AnswerAsync(context, 200, JsonSerializer.SerializeToUtf8Bytes(new
            {
                ARN = Arn, SecretString = json ? JsonSerializer.Serialize(new { username = "x", password }) : password,
            }));
        });
        await using var world = await StartAsync(service);

        await world.CallAsync(new { action = "test_postgres" });
        await world.PrepareAsync("secret");

        Assert.Equal($$"""{"SecretId":"{{Arn}}"}""", Assert.Single(requests));
    }

    [Theory]
    [InlineData(400, "CmEtl.Configuration")]
    [InlineData(500, "CmEtl.Transient")]
    public async Task A_secret_that_cannot_be_read_says_so(int status, string type)
    {
        using var service = new LoopbackListener(context => LoopbackListener.AnswerAsync(context, status, "{}"u8.ToArray()));
        await using var world = await StartAsync(service);

        Assert.Contains("Secrets Manager", await world.FailAsync(type, new { action = "test_postgres" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_fails_before_it_begins_is_published_with_the_signature_of_the_role()
    {
        const string Topic = "arn:aws:sns:eu-west-1:123456789012:cm-etl";
        var asked = new ConcurrentQueue<string>();
        using var service = new LoopbackListener(async context =>
        {
            var body = await LoopbackListener.ReadAsync(context);
            asked.Enqueue(new SigV4Verifier("AKIDEXAMPLE", Key, "sns").Refuse(context.Request, body)
                ?? $"{context.Request.Headers["X-Amz-Security-Token"]} {Uri.UnescapeDataString(Encoding.ASCII.GetString(body))}");
            await LoopbackListener.AnswerAsync(context, 200, "<PublishResponse/>"u8.ToArray());
        });
        await using var world = await World.StartAsync(server, environment:
        [
            .. Identity.Skip(1), ("CMETL_NOTIFY_SNS_TOPIC_ARN", Topic), ("AWS_ENDPOINT_URL_SNS", $"http://127.0.0.1:{service.Port}"), ("CMETL_BEFORE_RUN", "/bin/false"),
        ]);

        await world.FailAsync("CmEtl.Permanent", new { action = "validate_config", run_id = "night" });

        var told = Assert.Single(asked);
        Assert.StartsWith("tok/en==", told, StringComparison.Ordinal);
        Assert.Contains($"&TopicArn={Topic}&", told, StringComparison.Ordinal);
        Assert.Contains("The hook before_run false failed: exit code 1", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_iam_token_is_a_signed_request_to_connect()
    {
        using var trap = new PasswordTrap();
        await using var world = await World.StartAsync(
            server, environment: [.. Identity, ("CMETL_RDS_IAM", "true"), ("POSTGRES_PORT", trap.Port.ToString(CultureInfo.InvariantCulture))]);

        var message = await world.FailAsync("CmEtl.Configuration", new { action = "test_postgres" });

        var token = await trap.Password.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(token, message + string.Concat(world.Host.Log), StringComparison.Ordinal);
        var (host, query) = (token[..token.IndexOf('/', StringComparison.Ordinal)],
            token[(token.IndexOf('?', StringComparison.Ordinal) + 1)..]);
        Assert.Equal($"{server.Sandbox.Host}:{trap.Port}", host);
        var values = query.Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(("connect", RoleScript.Worker, "900"), (values["Action"], values["DBUser"], values["X-Amz-Expires"]));
        var scope = Uri.UnescapeDataString(values["X-Amz-Credential"])["AKIDEXAMPLE/".Length..];
        Assert.EndsWith("/us-east-1/rds-db/aws4_request", scope, StringComparison.Ordinal);
        var sorted = string.Join('&',
            query.Split('&').Where(p => !p.StartsWith("X-Amz-Signature=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var canonical = $"GET\n/\n{sorted}\nhost:{host}\n\nhost\n{SignatureV4.Hash([])}";
        Assert.Equal(SignatureV4.Sign(Key, scope, values["X-Amz-Date"], canonical), values["X-Amz-Signature"]);
    }

    [Fact]
    public async Task Two_sources_are_refused()
    {
        await using var world = await World.StartAsync(server, environment: ("CMETL_PASSWORD_SECRET_ARN", Arn));

        Assert.Contains("CMETL_PASSWORD_SECRET_ARN", await world.FailAsync("CmEtl.Configuration", new { action = "test_postgres" }), StringComparison.Ordinal);
    }

    private Task<World> StartAsync(LoopbackListener service) => World.StartAsync(
        server, environment: [.. Identity, ("CMETL_PASSWORD_SECRET_ARN", Arn), ("AWS_ENDPOINT_URL_SECRETS_MANAGER", $"http://127.0.0.1:{service.Port}")]);

    private static async Task<string> CheckAsync(HttpListenerContext context)
    {
        var (headers, body) = (context.Request.Headers, await LoopbackListener.ReadAsync(context));
        var parts = headers["Authorization"]!.Split(", ").Select(p => p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..]).ToList();
        var scope = parts[0]["AKIDEXAMPLE/".Length..];
        var signed = string.Concat(parts[1].Split(';').Select(n => $"{n}:{headers[n]}\n"));
        var canonical = $"POST\n/\n\n{signed}\n{parts[1]}\n{SignatureV4.Hash(body)}";

        var right = parts[2] == SignatureV4.Sign(Key, scope, headers["X-Amz-Date"]!, canonical) && scope.EndsWith("/eu-west-1/secretsmanager/aws4_request", StringComparison.Ordinal)
            && parts[1].Contains("x-amz-security-token", StringComparison.Ordinal) && headers["X-Amz-Target"] == "secretsmanager.GetSecretValue";
        return right ? Encoding.UTF8.GetString(body) : "wrong signature";
    }
}
