using Amazon.Lambda;
using Amazon.Lambda.Model;
using CmEtl.Aws.Deployment;
using CmEtl.AwsBench;
using CmEtl.Engine;

namespace CmEtl.Aws.Tests;

/// <summary>Publishing changes only what was requested. Aliases can share calls and be rolled back.</summary>
public sealed class FunctionPublisherTests : IDisposable
{
    private const string Key = "arn:aws:kms:us-east-1:123456789012:key/1";

    private readonly LambdaHost _host = new(new LambdaAccount { Verifier = new SigV4Verifier("AKIDBENCH", "bench-secret", "lambda") });
    private readonly AmazonLambdaClient _client;
    private readonly FunctionPublisher _publisher;

    public FunctionPublisherTests()
    {
        _client = Bench.NewLambda(_host.Endpoint);
        _publisher = new FunctionPublisher(_client);
    }

    private static FunctionSpec Spec => new()
    {
        Name = "cm-etl", Package = Package("one"), RoleArn = FunctionBench.Role, Environment = new Dictionary<string,
            string?> { ["POSTGRES_HOST"] = "a", ["POSTGRES_USER"] = "u" },
    };

    public void Dispose()
    {
        _client.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task An_environment_that_cannot_be_read_is_never_written()
    {
        await _publisher.PublishAsync(Spec, default);
        _host.HideEnvironment = true;

        var error = await Assert.ThrowsAsync<CmEtlException>(
            () => _publisher.PublishAsync(
            Spec with { Environment = new Dictionary<string, string?> { ["POSTGRES_HOST"] = "b" } }, default));
        var other = await _publisher.PublishAsync(
            Spec with { Environment = new Dictionary<string, string?>(), MemorySize = 512, Package = Package("two") }, default);

        Assert.Equal(ErrorIds.InvalidFunction, error.ErrorId);
        Assert.Equal(["Code", "MemorySize"], other.Changes.Select(c => c.Path));
        _host.HideEnvironment = false;
        Assert.Equal("a u",
            string.Join(' ', (await NowAsync()).Configuration.Environment!.Variables!.OrderBy(v => v.Key).Select(v => v.Value)));
    }

    [Fact]
    public async Task Everything_that_can_be_asked_is_done_once_and_taken_back()
    {
        await _publisher.PublishAsync(Spec, default);
        var asked = Spec with
        {
            Package = Package("arm") with { Architecture = "arm64" }, KmsKeyArn = Key, Tracing = true, ReservedConcurrency = 5,
                SubnetIds = ["s"], SecurityGroupIds = ["g"],
            Tags = new Dictionary<string, string> { ["team"] = "data" },
        };

        var first = await _publisher.PublishAsync(asked, default);
        var again = await _publisher.PublishAsync(asked, default);
        var now = await NowAsync();
        var back = await _publisher.PublishAsync(
            asked with { KmsKeyArn = "", Tracing = false, ReservedConcurrency = FunctionSpec.NoReservation, SubnetIds = [],
                SecurityGroupIds = [], Tags = new Dictionary<string, string>() }, default);
        var then = await NowAsync();

        Assert.Equal(["Code", "Architecture", "KmsKeyArn", "Tracing", "SubnetIds", "SecurityGroupIds", "ReservedConcurrency", "Tags.team"], first.Changes.Select(c => c.Path));
        Assert.Empty(again.Changes);
        Assert.Equal(("arm64", Key, "Active", 5, "data"),
            (now.Configuration.Architectures![0], now.Configuration.KMSKeyArn, now.Configuration.TracingConfig!.Mode!.Value,
            now.Concurrency!.ReservedConcurrentExecutions, now.Tags!["team"]));
        Assert.Equal(6, back.Changes.Count);
        Assert.Equal(("", "PassThrough", null, null),
            (then.Configuration.KMSKeyArn, then.Configuration.TracingConfig!.Mode!.Value, then.Concurrency, then.Tags));
        Assert.Empty(then.Configuration.VpcConfig!.SubnetIds!);
    }

    [Fact]
    public async Task A_function_of_another_runtime_is_replaced_only_by_force()
    {
        await _client.CreateFunctionAsync(FunctionBench.Request("py", r => (r.Runtime, r.Handler) = ("python3.13", "app.handler")));

        var error = await Assert.ThrowsAsync<CmEtlException>(() => _publisher.PublishAsync(Spec, default));
        var forced = await _publisher.PublishAsync(Spec with { Force = true }, default);

        Assert.Contains("python3.13", error.Message, StringComparison.Ordinal);
        Assert.Subset(forced.Changes.Select(c => c.Path).ToHashSet(), new HashSet<string> { "Runtime", "Handler" });
        Assert.Equal("provided.al2023", (await NowAsync()).Configuration.Runtime!.Value);
    }

    [Theory]
    [InlineData("AWS_REGION", "eu-west-1")]
    [InlineData("_HANDLER", "x")]
    [InlineData("1st", "x")]
    [InlineData("X", "one letter is not enough")]
    [InlineData("LONG", null)]
    public async Task A_variable_that_lambda_would_refuse_is_refused_first(string name, string? value)
    {
        await _publisher.PublishAsync(Spec, default);
        var error = await Assert.ThrowsAsync<CmEtlException>(() =>
            _publisher.PublishAsync(
                Spec with { MemorySize = 512, Environment = new Dictionary<string, string?> { [name] = value ?? new string('x', 4096) } },
                default));
        Assert.Equal((ErrorIds.InvalidFunction, 2048), (error.ErrorId, (await NowAsync()).Configuration.MemorySize));
    }

    [Fact]
    public async Task Calls_are_shared_taken_back_and_old_versions_deleted()
    {
        var versions = new FunctionVersions(_client);
        for (var i = 1; i <= 4; i++)
        {
            await _publisher.PublishAsync(Spec with { Package = Package($"v{i}"), Alias = "live", Weight = i == 4 ? 10 : 100 }, default);
        }

        var shared = await _client.GetAliasAsync(new() { FunctionName = "cm-etl", Name = "live" });
        var ended = await versions.RollBackAsync("cm-etl", "live", null, whatIf: false, default);
        var preview = await versions.RollBackAsync("cm-etl", "live", null, whatIf: true, default);
        var back = await versions.RollBackAsync("cm-etl", "live", null, whatIf: false, default);
        var pruned = await _publisher.PublishAsync(Spec with { Package = Package("v4"), KeepVersions = 1 }, default);
        var named = await versions.RollBackAsync("cm-etl", "live", 4, whatIf: false, default);
        var missing = await Assert.ThrowsAsync<CmEtlException>(() => versions.RollBackAsync("cm-etl", "live", 1, whatIf: false, default));

        Assert.Equal(("3", 0.1), (shared.FunctionVersion, shared.RoutingConfig!.AdditionalVersionWeights!["4"]));
        Assert.Equal(["3", "2", "2", "4"], new[] { ended, preview, back, named }.Select(r => r.Version));
        Assert.Equal(["3", "1"], pruned.RemovedVersions);
        Assert.Equal(ErrorIds.NoVersion, missing.ErrorId);
    }

    [NodeFact]
    public async Task Executions_are_shared_taken_back_and_old_versions_deleted()
    {
        await using var bench = await Bench.StartAsync();
        var deployer = new StateMachineDeployer(bench.Client);
        var spec = new StateMachineSpec { Name = "cm-etl", Definition = Definitions.Render("etl_pipeline"), RoleArn = Bench.Role, Alias = "live" };
        for (var i = 1; i <= 4; i++)
        {
            await deployer.DeployAsync(spec with { RoleArn = Bench.Role + i, Weight = i == 4 ? 10 : 100 }, default);
        }

        var ended = await deployer.RollBackAsync("cm-etl", "live", null, whatIf: false, default);
        var back = await deployer.RollBackAsync("cm-etl", "live", null, whatIf: false, default);
        var pruned = await deployer.DeployAsync(spec with { Alias = null, RoleArn = Bench.Role + "4", KeepVersions = 1 }, default);
        var missing = await Assert.ThrowsAsync<CmEtlException>(() => deployer.RollBackAsync("cm-etl", "live", 1, whatIf: false, default));

        Assert.Equal("Alias.live: 3 (90 %), 4 (10 %) -> 3", Assert.Single(ended.Changes).ToString());
        Assert.Equal("Alias.live: 3 -> 2", Assert.Single(back.Changes).ToString());
        Assert.Equal(["3", "1"], pruned.RemovedVersions);
        Assert.Equal(ErrorIds.NoVersion, missing.ErrorId);
    }

    private static PackageFile Package(string word) => new(FunctionBench.Zip(word), null);

    private Task<GetFunctionResponse> NowAsync() => _client.GetFunctionAsync(new() { FunctionName = "cm-etl" });
}
