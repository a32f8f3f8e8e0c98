using System.Globalization;
using Amazon.Runtime;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Lambda;

namespace CmEtl.Aws.Deployment;

/// <summary>Brings the function to what it should be, and changes nothing when it is so. Invocations under way keep their code.</summary>
/// <param name="lambda">The service.</param>
/// <param name="progress">Told what is being done: packages are large, and a function takes its time to become ready.</param>
public sealed class FunctionPublisher(ILambda lambda, IProgress<string>? progress = null)
{
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: the runtime for programs that bring their own, started as "bootstrap".
    private const string Runtime = "provided.al2023";
    private const string Handler = "bootstrap";
    private const string Architecture = "x86_64";

    /// <summary>Memory of a new function. The work is the database's, but a processor comes only with memory: 1,769 MiB are a whole one.</summary>
    private const int DefaultMemory = 2048;

    /// <summary>Lambda's most, and what the time limits of the state machines are made for.</summary>
    private const int DefaultTimeout = 900;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What <see cref="PublishAsync"/> would do. Nothing is written.</summary>
    public async Task<FunctionDeployment> PreviewAsync(FunctionSpec spec, CancellationToken cancel)
    {
        var current = await FindAsync(spec.Name, cancel);
        var changes = FunctionChanges.Between(spec, current);
        return new(spec.Name, current?.FunctionArn, null, changes, current is null, current is not null && changes.Count > 0, spec.Zip.Length);
    }

    /// <summary>Creates or updates, waits until the function is ready, then publishes when asked.</summary>
    /// <exception cref="AmazonServiceException">The service refused.</exception>
    /// <exception cref="TimeoutException">The function does not become ready.</exception>
    public async Task<FunctionDeployment> PublishAsync(FunctionSpec spec, CancellationToken cancel)
    {
        progress?.Report("Looking at the function as it is");
        var current = await FindAsync(spec.Name, cancel);
        var changes = FunctionChanges.Between(spec, current);
        var now = current is null ? await CreateAsync(spec, cancel) : await UpdateAsync(spec, current, changes, cancel);
        string? version = null, arn = now.FunctionArn;
        if (spec.Publish || spec.Alias is not null)
        {
            progress?.Report("Publishing a version");
            // Publishing unchanged code and configuration answers the version there is: this is repeatable too.
            var published = await lambda.PublishVersionAsync(new() { FunctionName = spec.Name, RevisionId = now.RevisionId }, cancel);
            version = published.Version;
            arn = spec.Alias is null ? published.FunctionArn : await PointAsync(spec.Name, spec.Alias, version!, cancel);
        }

        return new(spec.Name, arn, version, changes, current is null, current is not null && changes.Count > 0, spec.Zip.Length);
    }

    private async Task<FunctionConfiguration?> FindAsync(string name, CancellationToken cancel)
    {
        try
        {
            // Not only found: a change that is still under way would refuse ours.
            return await lambda.WaitUntilReadyAsync(name, Patience, cancel);
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private async Task<FunctionConfiguration> CreateAsync(FunctionSpec spec, CancellationToken cancel)
    {
        progress?.Report($"Creating the function from {Megabytes(spec)}");
        await lambda.CreateFunctionAsync(
            new()
            {
                FunctionName = spec.Name,
                Code = new() { ZipFile = spec.Zip },
                Role = spec.RoleArn ?? throw new DefinitionException($"{spec.Name} does not exist yet: to create it, give its role."),
                Runtime = Runtime,
                Handler = Handler,
                Architectures = [Architecture],
                MemorySize = spec.MemorySize ?? DefaultMemory,
                Timeout = spec.Timeout ?? DefaultTimeout,
                Environment = new() { Variables = FunctionChanges.Merge(spec, null) },
                VpcConfig = spec.Network,
            },
            cancel);
        return await ReadyAsync(spec.Name, cancel);
    }

    private async Task<FunctionConfiguration> UpdateAsync(
        FunctionSpec spec, FunctionConfiguration current, IReadOnlyList<JsonChange> changes, CancellationToken cancel)
    {
        var now = current;
        if (changes.Any(c => c.Path != FunctionChanges.Code))
        {
            progress?.Report("Changing the configuration");
            await lambda.UpdateFunctionConfigurationAsync(
                new()
                {
                    FunctionName = spec.Name, Role = spec.RoleArn, MemorySize = spec.MemorySize, Timeout = spec.Timeout, VpcConfig = spec.Network,
                    Environment = new() { Variables = FunctionChanges.Merge(spec, current) }, RevisionId = now.RevisionId,
                },
                cancel);
            now = await ReadyAsync(spec.Name, cancel);
        }

        if (changes.Any(c => c.Path == FunctionChanges.Code))
        {
            progress?.Report($"Changing the code, {Megabytes(spec)}");
            await lambda.UpdateFunctionCodeAsync(
                new() { FunctionName = spec.Name, ZipFile = spec.Zip, Architectures = [Architecture], RevisionId = now.RevisionId }, cancel);
            now = await ReadyAsync(spec.Name, cancel);
        }

        return now;
    }

    private Task<FunctionConfiguration> ReadyAsync(string name, CancellationToken cancel)
    {
        progress?.Report("Waiting until the function is ready");
        return lambda.WaitUntilReadyAsync(name, Patience, cancel);
    }

    private static string Megabytes(FunctionSpec spec) => string.Create(CultureInfo.InvariantCulture, $"{spec.Zip.Length / 1e6:0.0} MB");

    private async Task<string> PointAsync(string name, string alias, string version, CancellationToken cancel)
    {
        try
        {
            var current = await lambda.GetAliasAsync(new() { FunctionName = name, Name = alias }, cancel);
            return current.FunctionVersion == version
                ? current.AliasArn
                : (await lambda.UpdateAliasAsync(
                    new() { FunctionName = name, Name = alias, FunctionVersion = version, RevisionId = current.RevisionId }, cancel)).AliasArn;
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceNotFoundException")
        {
            return (await lambda.CreateAliasAsync(new() { FunctionName = name, Name = alias, FunctionVersion = version }, cancel)).AliasArn;
        }
    }
}
