using System.IO.Compression;
using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>Publish-CmLambda, as a deployment script uses it.</summary>
public sealed class PublishTests(CloudFixture cloud) : IClassFixture<CloudFixture>, IDisposable
{
    private readonly string _zip = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");

    [Fact]
    public void A_function_is_created_once_and_then_left_alone()
    {
        Pack("one");

        var first = Publish("once", "-Alias live");
        var again = Publish("once", "-Alias live");

        Assert.Equal((true, false, "1"), Facts(first));
        Assert.Equal((false, false, "1"), Facts(again));
        Assert.EndsWith(":function:once:live", Value(again, "LambdaFunctionArn"), StringComparison.Ordinal);
    }

    [Fact]
    public void New_code_is_a_new_version_and_the_alias_follows()
    {
        Pack("one");
        Publish("follow", "-Alias live");
        Pack("two");

        var second = Publish("follow", "-Alias live -MemorySize 1024");

        Assert.Equal((false, true, "2"), Facts(second));
        Assert.Equal(["Code", "MemorySize"], Changes(second).Select(c => c.Split(':')[0]));
    }

    [Fact]
    public void A_password_is_set_kept_and_removed_but_never_shown()
    {
        Pack("one");
        var created = Publish("secret", "-Environment @{ POSTGRES_PASSWORD = 'hush-hush'; POSTGRES_HOST = 'a' }");
        var kept = Publish("secret", "-Environment @{ POSTGRES_HOST = 'b' }");
        var preview = Publish("secret", "-Environment @{ POSTGRES_PASSWORD = $null } -WhatIf");
        var same = Publish("secret", "-Environment @{ POSTGRES_HOST = 'b' }");

        Assert.Equal(["Environment.POSTGRES_HOST: (hidden) -> (hidden)"], Changes(kept));
        Assert.Equal(["Environment.POSTGRES_PASSWORD: (hidden) -> (none)"], Changes(preview));
        Assert.Empty(Changes(same));
        Assert.DoesNotContain("hush-hush", string.Join('\n', Changes(created)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_compared_as_a_set()
    {
        Pack("one");
        Publish("net", "-SubnetId subnet-b, subnet-a -SecurityGroupId sg-1");

        Assert.Empty(Changes(Publish("net", "-SubnetId subnet-a, subnet-b -SecurityGroupId sg-1")));
    }

    [Fact]
    public void An_update_that_fails_says_why()
    {
        Pack("one");
        Publish("broken", "");
        cloud.Lambda.UpdateFailures.Enqueue("The subnet has no free addresses.");
        Pack("two");

        cloud.Shell.Run(Command("broken", ""));

        Assert.Contains("no free addresses", cloud.Shell.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_without_a_role_is_not_created()
    {
        Pack("one");

        cloud.Shell.Run($"Publish-CmLambda {_zip} -FunctionName roleless {cloud.AtLambda}");

        Assert.Contains("give its role", cloud.Shell.Error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_zip);

    private void Pack(string content)
    {
        File.Delete(_zip);
        using var zip = ZipFile.Open(_zip, ZipArchiveMode.Create);
        using var writer = new StreamWriter(zip.CreateEntry("bootstrap").Open());
        writer.Write(content);
    }

    private PSObject Publish(string name, string more) => Assert.Single(cloud.Shell.RunClean(Command(name, more)));

    private string Command(string name, string more) =>
        $"Publish-CmLambda {_zip} -FunctionName {name} -RoleArn {CloudFixture.FunctionRole} {cloud.AtLambda} {more}";

    private static (bool Created, bool Updated, string Version) Facts(PSObject result) =>
        ((bool)result.Properties["Created"].Value, (bool)result.Properties["Updated"].Value, Value(result, "Version"));

    private static List<string> Changes(PSObject result) =>
        [.. LanguagePrimitives.GetEnumerable(result.Properties["Changes"].Value).Cast<object>().Select(c => c.ToString()!)];

    private static string Value(PSObject value, string property) => value.Properties[property].Value?.ToString() ?? "";
}
