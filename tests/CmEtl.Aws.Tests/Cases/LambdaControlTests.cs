using Amazon.Lambda.Model;
using Amazon.Runtime;
using CmEtl.Aws.Lambda;

namespace CmEtl.Aws.Tests;

/// <summary>A function from its creation to an alias for its second version, over signed HTTP, and invoked at every step.</summary>
public sealed class LambdaControlTests
{
    [Fact]
    public async Task A_function_is_created_updated_published_and_pointed_to()
    {
        using var bench = new FunctionBench();
        var created = await bench.Client.CreateFunctionAsync(FunctionBench.Request("one"), default);
        Assert.Equal(("Pending", "$LATEST", "arn:aws:lambda:us-east-1:123456789012:function:cm-etl"), (created.State?.Value, created.Version, created.FunctionArn));
        Assert.Equal("ResourceConflictException", await FunctionBench.CodeAsync(() => bench.CallAsync()));
        var ready = await bench.ReadyAsync();
        Assert.Equal(("Active", "Successful", 10, 2048), (ready.State?.Value, ready.LastUpdateStatus?.Value, ready.Timeout, ready.MemorySize));
        Assert.Equal(("\"one calm\"", "$LATEST"), await bench.CallAsync());

        var first = await bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl", CodeSha256 = ready.CodeSha256 }, default);
        var alias = await bench.Client.CreateAliasAsync(new() { FunctionName = "cm-etl", Name = "live", FunctionVersion = first.Version! }, default);
        Assert.Equal(("1", "live", first.FunctionArn), (alias.FunctionVersion, alias.Name, created.FunctionArn + ":1"));

        var changed = await bench.Client.UpdateFunctionCodeAsync(
            new() { FunctionName = "cm-etl", ZipFile = new(FunctionBench.Zip("two")), RevisionId = ready.RevisionId }, default);
        Assert.Equal(("Active", "InProgress"), (changed.State?.Value, changed.LastUpdateStatus?.Value));
        Assert.NotEqual(ready.CodeSha256, changed.CodeSha256);
        // The previous code runs until the update is complete.
        Assert.Equal("\"one calm\"", (await bench.CallAsync()).Payload);
        await bench.ReadyAsync();
        Assert.Equal("\"two calm\"", (await bench.CallAsync()).Payload);
        var configured = await bench.Client.UpdateFunctionConfigurationAsync(
            new() { FunctionName = "cm-etl", Timeout = 20, Environment = new() { Variables = new() { ["MOOD"] = "brave" } } }, default);
        Assert.Equal((20, 2048, FunctionBench.Role), (configured.Timeout, configured.MemorySize, configured.Role));
        await bench.ReadyAsync();
        var second = await bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl" }, default);
        Assert.Equal(("1", "2"), (first.Version, second.Version));
        Assert.Equal(("\"one calm\"", "1"), await bench.CallAsync("live"));

        await bench.Client.UpdateAliasAsync(
            new() { FunctionName = "cm-etl", Name = "live", FunctionVersion = "2", RevisionId = alias.RevisionId }, default);
        Assert.Equal(("\"two brave\"", "2"), await bench.CallAsync(function: created.FunctionArn + ":live"));
        Assert.Equal(("\"one calm\"", "1"), await bench.CallAsync("1", created.FunctionArn));
        Assert.Equal("2", (await bench.Client.GetAliasAsync(new() { FunctionName = "cm-etl", Name = "live" }, default)).FunctionVersion);
        var aliased = await bench.Client.GetFunctionAsync(new() { FunctionName = "cm-etl", Qualifier = "live" }, default);
        Assert.Equal(("2", "brave"), (aliased.Configuration?.Version, aliased.Configuration?.Environment?.Variables?["MOOD"]));
    }

    [Fact]
    public async Task Without_changes_the_existing_version_is_kept()
    {
        using var bench = new FunctionBench();
        Assert.Equal("1", (await bench.Client.CreateFunctionAsync(FunctionBench.Request("one", r => r.Publish = true), default)).Version);
        await bench.ReadyAsync();
        Assert.Equal("1", (await bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl" }, default)).Version);
        var same = await bench.Client.UpdateFunctionCodeAsync(
            new() { FunctionName = "cm-etl", ZipFile = FunctionBench.Request("one").Code!.ZipFile, Publish = true }, default);
        Assert.Equal("1", same.Version);
        await bench.ReadyAsync();
        Assert.Equal("2",
            (await bench.Client.UpdateFunctionCodeAsync(
            new() { FunctionName = "cm-etl", ZipFile = new(FunctionBench.Zip("two")), Publish = true }, default)).Version);
    }

    [Fact]
    public async Task Concurrent_changes_and_changes_of_an_outdated_revision_are_refused()
    {
        using var bench = new FunctionBench();
        var created = await bench.Client.CreateFunctionAsync(FunctionBench.Request("one"), default);
        var code = new UpdateFunctionCodeRequest { FunctionName = "cm-etl", ZipFile = new(FunctionBench.Zip("two")) };
        var timeout = new UpdateFunctionConfigurationRequest { FunctionName = "cm-etl", Timeout = 30 };
        Assert.Equal("ResourceConflictException", await FunctionBench.CodeAsync(() => bench.Client.UpdateFunctionCodeAsync(code, default)));
        await bench.ReadyAsync();
        await bench.Client.UpdateFunctionCodeAsync(code, default);
        Assert.Equal("ResourceConflictException", await FunctionBench.CodeAsync(() => bench.Client.UpdateFunctionConfigurationAsync(timeout, default)));
        Assert.Equal("ResourceConflictException", await FunctionBench.CodeAsync(() => bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl" }, default)));
        await bench.ReadyAsync();
        Assert.Equal("PreconditionFailedException",
            await FunctionBench.CodeAsync(
            () => bench.Client.UpdateFunctionConfigurationAsync(
            new() { FunctionName = "cm-etl", Timeout = 30, RevisionId = created.RevisionId }, default)));
        Assert.Equal("PreconditionFailedException",
            await FunctionBench.CodeAsync(
            () => bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl", RevisionId = created.RevisionId }, default)));
        Assert.Equal("InvalidParameterValueException",
            await FunctionBench.CodeAsync(
            () => bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl", CodeSha256 = created.CodeSha256 }, default)));
        await bench.Client.PublishVersionAsync(new() { FunctionName = "cm-etl" }, default);
        var alias = new CreateAliasRequest { FunctionName = "cm-etl", Name = "live", FunctionVersion = "1" };
        await bench.Client.CreateAliasAsync(alias, default);
        Assert.Equal("ResourceConflictException", await FunctionBench.CodeAsync(() => bench.Client.CreateAliasAsync(alias, default)));
        Assert.Equal("PreconditionFailedException", await FunctionBench.CodeAsync(() => bench.Client.UpdateAliasAsync(
            new() { FunctionName = "cm-etl", Name = "live", FunctionVersion = "1", RevisionId = "older" }, default)));
    }

    [Fact]
    public async Task Missing_and_forbidden_resources_have_different_error_codes()
    {
        using var bench = new FunctionBench();
        var create = FunctionBench.Request("one");
        Assert.Equal("ResourceNotFoundException", await FunctionBench.CodeAsync(() => bench.ReadyAsync()));
        foreach (var wrong in new Action<CreateFunctionRequest>[]
        {
            r => r.Role = "nobody", r => r.Handler = null, r => r.Code = new() { ZipFile = new([1, 2, 3]) },
            r => r.Environment!.Variables = new() { ["AWS_REGION"] = "eu-west-1" }, r => r.Environment!.Variables = new() { ["LONG"] = new('x', 4096) },
        })
        {
            Assert.Equal("InvalidParameterValueException",
                await FunctionBench.CodeAsync(() => bench.Client.CreateFunctionAsync(FunctionBench.Request("one", wrong), default)));
        }

        Assert.Equal("ValidationException",
            await FunctionBench.CodeAsync(
            () => bench.Client.CreateFunctionAsync(FunctionBench.Request("one", r => r.Timeout = 901), default)));
        await bench.Client.CreateFunctionAsync(create, default);
        Assert.Equal("ResourceConflictException", await FunctionBench.CodeAsync(() => bench.Client.CreateFunctionAsync(create, default)));
        await bench.ReadyAsync();
        Assert.Equal("ResourceNotFoundException", await FunctionBench.CodeAsync(() => bench.CallAsync("7")));
        Assert.Equal("ResourceNotFoundException", await FunctionBench.CodeAsync(() => bench.CallAsync(function: "arn:aws:lambda:eu-west-1:123456789012:function:cm-etl")));
        Assert.Equal("ResourceNotFoundException", await FunctionBench.CodeAsync(() => bench.Client.GetAliasAsync(new() { FunctionName = "cm-etl", Name = "live" }, default)));
        Assert.Equal("ResourceNotFoundException",
            await FunctionBench.CodeAsync(
            () => bench.Client.CreateAliasAsync(new() { FunctionName = "cm-etl", Name = "live", FunctionVersion = "9" }, default)));
    }

    [Fact]
    public async Task A_failed_update_is_reported_with_its_reason_and_the_old_code_keeps_running()
    {
        using var bench = new FunctionBench();
        await bench.Client.CreateFunctionAsync(FunctionBench.Request("one"), default);
        await bench.ReadyAsync();
        bench.Host.UpdateFailures.Enqueue("The role cannot be assumed.");
        await bench.Client.UpdateFunctionCodeAsync(new() { FunctionName = "cm-etl", ZipFile = new(FunctionBench.Zip("two")) }, default);
        Assert.Contains("cannot be assumed", (await Assert.ThrowsAsync<AmazonClientException>(bench.ReadyAsync)).Message, StringComparison.Ordinal);
        Assert.Equal("\"one calm\"", (await bench.CallAsync()).Payload);
    }

    [Fact]
    public async Task A_change_that_takes_too_long_is_not_waited_for()
    {
        using var bench = new FunctionBench();
        await bench.Client.CreateFunctionAsync(FunctionBench.Request("one"), default);
        await Assert.ThrowsAsync<TimeoutException>(() => bench.Client.WaitUntilReadyAsync("cm-etl", TimeSpan.Zero, default));
    }
}
