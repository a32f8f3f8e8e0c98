using System.Collections.Concurrent;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using CmEtl.AwsBench;

namespace CmEtl.Tests;

[Collection(ModuleServer.Name)]
public sealed class SecretTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public void A_connection_never_shows_its_password()
    {
        var connection = (PSObject)PSObject.AsPSObject(sandbox.Sandbox.Properties["Connection"].Value);

        Assert.DoesNotContain("assword", connection.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Database", "Host", "Port", "User"], connection.Properties.Select(p => p.Name).Order());
    }

    [Fact]
    public void A_cmdlet_reads_the_password_from_a_secret()
    {
        const string Arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:cm-worker-AbCdEf";
        var verifier = new SigV4Verifier("AKIDEXAMPLE", "example-secret-key", "secretsmanager");
        var password = sandbox.Worker.Environment["POSTGRES_PASSWORD"];
        var asked = new ConcurrentQueue<string>();
        using var service = new LoopbackListener(async context =>
        {
            var body = await LoopbackListener.ReadAsync(context);
            asked.Enqueue(verifier.Refuse(context.Request, body) ?? $"{context.Request.Headers["X-Amz-Target"]} {Encoding.UTF8.GetString(body)}");
            var secret = JsonSerializer.Serialize(new { username = "x", password });
            await LoopbackListener.AnswerAsync(context, 200, JsonSerializer.SerializeToUtf8Bytes(new { ARN = Arn, SecretString = secret }));
        });
        var environment = new Dictionary<string, string>(sandbox.Worker.Environment)
        {
            ["POSTGRES_PASSWORD"] = "", ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = "example-secret-key", ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = $"http://127.0.0.1:{service.Port}",
        };

        var result = CliProcess.Run(
            environment,
            $"(Connect-CmDatabase -PasswordSecretArn {Arn}).User; Disconnect-CmDatabase; $Env:CMETL_PASSWORD_SECRET_ARN = '{Arn}'; (Connect-CmDatabase).User");

        var user = sandbox.Worker.Environment["POSTGRES_USER"];
        Assert.Equal((0, $"{user}\n{user}", ""), (result.ExitCode, result.Output.Trim().ReplaceLineEndings("\n"), result.Error));
        Assert.All(asked, a => Assert.Equal($$"""secretsmanager.GetSecretValue {"SecretId":"{{Arn}}"}""", a));
        Assert.True(asked.Count >= 2, $"It was asked {asked.Count} times.");
    }

    [Theory]
    [InlineData("[Management.Automation.PSSerializer]::Serialize($sandbox, 9)")]
    [InlineData("[Management.Automation.PSSerializer]::Serialize($sandbox.Connection, 9)")]
    [InlineData("\"$sandbox $($sandbox.Connection)\"")]
    [InlineData("Test-CmEtlConfig -Connection $sandbox.Connection -ConflictSchema nowhere | ForEach-Object { [Management.Automation.PSSerializer]::Serialize($_, 9) }")]
    [InlineData("Get-CmEtlStatus -Connection $sandbox.Connection -LedgerSchema nowhere -Verbose -Debug 4>&1 5>&1")]
    public void A_password_is_not_echoed(string text)
    {
        var password = sandbox.Worker.Environment["POSTGRES_PASSWORD"];
        Assert.True(password.Length > 20);

        var said = sandbox.Shell.Run($"$sandbox = @($input)[0]; {text}", sandbox.Sandbox);

        var texts = said.Select(o => o.ToString()).Concat(sandbox.Shell.Errors.Select(e => $"{e} {e.ErrorDetails} {e.Exception}")).ToList();
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(sandbox.Shell.Errors, e => e.Exception is CommandNotFoundException);
        Assert.DoesNotContain(texts, s => s.Contains(password, StringComparison.Ordinal));
    }
}
