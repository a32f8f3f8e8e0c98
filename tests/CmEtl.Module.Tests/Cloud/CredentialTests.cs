using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CmEtl.AwsBench;

namespace CmEtl.Tests;

/// <summary>
/// Credentials from every source of the SDK that can be simulated without an account, each in its own process. One server on loopback acts
/// as STS, the single sign-on portal, a container's endpoint and the instance metadata, and records the access key of the next request.
/// </summary>
public sealed partial class CredentialTests : IDisposable
{
    private const string Account = "123456789012";
    private const string StartUrl = "https://example.awsapps.com/start";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("cmetl-");
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly LoopbackListener _server;

    public CredentialTests() => _server = new LoopbackListener(AnswerAsync);

    public void Dispose()
    {
        _server.Dispose();
        _home.Delete(recursive: true);
    }

    [Theory]
    [InlineData("environment", "AKIAENVIRONMENT", "AWS_ACCESS_KEY_ID=AKIAENVIRONMENT;AWS_SECRET_ACCESS_KEY=s")]
    [InlineData("profile", "AKIAPROFILE", "AWS_PROFILE=static")]
    [InlineData("process", "AKIAPROCESS", "AWS_PROFILE=process")]
    [InlineData("role of a profile", "AKIAASSUMED", "AWS_PROFILE=role")]
    [InlineData("web identity", "AKIAWEB", "AWS_ROLE_ARN=arn:aws:iam::123456789012:role/r;AWS_WEB_IDENTITY_TOKEN_FILE={home}/token")]
    [InlineData("container", "AKIACONTAINER", "AWS_CONTAINER_CREDENTIALS_FULL_URI={url}container")]
    [InlineData("instance", "AKIAINSTANCE", "AWS_EC2_METADATA_DISABLED=false")]
    [InlineData("single sign-on", "AKIASSO", "AWS_PROFILE=sso")]
    [InlineData("single sign-on session", "AKIASSO", "AWS_PROFILE=session")]
    public void A_source_gives_its_key(string source, string key, string environment)
    {
        WriteFiles(DateTime.UtcNow.AddHours(1));

        var run = Run(environment);

        Assert.True(_keys.Contains(key), $"{source}: {run.Error}");
    }

    [Theory]
    [InlineData("sso", -1, "aws sso login --profile sso")]
    [InlineData("session", -1, "aws sso login --profile session")]
    [InlineData("sso", null, "aws sso login --profile sso")]
    [InlineData("session", null, "aws sso login --profile session")]
    [InlineData("failing", null, "credential_process of the profile 'failing' failed")]
    [InlineData("empty", null, "No AWS credentials were found")]
    [InlineData("nobody", null, "nobody")]
    public void Missing_credentials_are_named_with_a_remedy(string profile, int? hours, string text)
    {
        WriteFiles(hours is { } h ? DateTime.UtcNow.AddHours(h) : null);

        var run = Run($"AWS_PROFILE={profile}");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(text, Blank().Replace(run.Error, " "), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(_keys);
    }

    private string Url => $"http://127.0.0.1:{_server.Port}/";

    private CliProcess Run(string environment)
    {
        var values = new Dictionary<string, string>
        {
            ["HOME"] = _home.FullName, ["AWS_CONFIG_FILE"] = $"{_home}/config", ["AWS_SHARED_CREDENTIALS_FILE"] = $"{_home}/none", ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL_SFN"] = Url, ["AWS_ENDPOINT_URL_STS"] = Url, ["AWS_ENDPOINT_URL_SSO"] = Url, ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = Url.TrimEnd('/'),
            ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_ACCESS_KEY_ID"] = "", ["AWS_SECRET_ACCESS_KEY"] = "",
        };
        foreach (var pair in environment.Replace("{home}", _home.FullName, StringComparison.Ordinal)
            .Replace("{url}", Url, StringComparison.Ordinal).Split(';'))
        {
            values[pair.Split('=', 2)[0]] = pair.Split('=', 2)[1];
        }

        return CliProcess.Run(values, $"Stop-CmEtl -ExecutionArn arn:aws:states:us-east-1:{Account}:execution:m:night-1");
    }

    private void WriteFiles(DateTime? expires)
    {
        File.WriteAllText($"{_home}/token", "a token of somebody else");
        File.WriteAllText($"{_home}/process", """{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"s"}""");
        File.WriteAllText($"{_home}/config", $"""
            [profile static]
            aws_access_key_id = AKIAPROFILE
            aws_secret_access_key = s
            [profile process]
            credential_process = cat {_home}/process
            [profile failing]
            credential_process = cat {_home}/nothing
            [profile empty]
            region = us-east-1
            [profile role]
            role_arn = arn:aws:iam::{Account}:role/r
            source_profile = static
            [profile sso]
            sso_start_url = {StartUrl}
            sso_region = us-east-1
            sso_account_id = {Account}
            sso_role_name = Deployer
            [profile session]
            sso_session = corp
            sso_account_id = {Account}
            sso_role_name = Deployer
            [sso-session corp]
            sso_start_url = {StartUrl}
            sso_region = us-east-1
            """);
        if (expires is { } end)
        {
            // Where 'aws sso login' stores its token: by the name of the session, or by the address of the portal.
            var cache = Directory.CreateDirectory($"{_home}/.aws/sso/cache");
            foreach (var name in new[] { StartUrl, "corp" })
            {
#pragma warning disable CA5350 // The AWS CLI names its token files by SHA-1.
                var file = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(name)));
#pragma warning restore CA5350
                File.WriteAllText($"{cache}/{file}.json", $$"""{"startUrl":"{{StartUrl}}","region":"us-east-1","accessToken":"t","expiresAt":"{{end:yyyy-MM-ddTHH:mm:ssZ}}"}""");
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var body = Encoding.UTF8.GetString(await LoopbackListener.ReadAsync(context));
        if (request.Headers["X-Amz-Target"] is not null)
        {
            _keys.Enqueue(AccessKey().Match(request.Headers["Authorization"] ?? "").Groups[1].Value);
            await LoopbackListener.AnswerAsync(context, 400, """{"__type":"AccessDeniedException","message":"As the test ordered."}"""u8.ToArray());
            return;
        }

        var end = DateTime.UtcNow.AddHours(1);
        var answer = (request.Url!.AbsolutePath, body) switch
        {
            ("/container", _) => Keys("AKIACONTAINER", "Token", end),
            ("/latest/api/token", _) => "token",
            ("/latest/meta-data/iam/security-credentials", _) => "role",
            (var path, _) when path.EndsWith("/role", StringComparison.Ordinal) => Keys("AKIAINSTANCE", "Token", end),
            ("/federation/credentials", _) =>
                $$$"""{"roleCredentials":{"accessKeyId":"AKIASSO","secretAccessKey":"s","sessionToken":"t","expiration":{{{new DateTimeOffset(end).ToUnixTimeMilliseconds()}}}}}""",
            (_, var form) => Assumed(form.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal), end),
        };
        await LoopbackListener.AnswerAsync(context, 200, Encoding.UTF8.GetBytes(answer));
    }

    private static string Keys(string key, string token, DateTime end) =>
        $$"""{"Code":"Success","Type":"AWS-HMAC","LastUpdated":"{{DateTime.UtcNow:s}}Z","AccessKeyId":"{{key}}","SecretAccessKey":"s","{{token}}":"t","Expiration":"{{end:s}}Z"}""";

    private static string Assumed(bool web, DateTime end)
    {
        var action = web ? "AssumeRoleWithWebIdentity" : "AssumeRole";
        return $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials><AccessKeyId>{(web ? "AKIAWEB" : "AKIAASSUMED")}</AccessKeyId>
            <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{end:s}Z</Expiration></Credentials></{action}Result></{action}Response>
            """;
    }

    [GeneratedRegex("Credential=([A-Z]+)/")]
    private static partial Regex AccessKey();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
