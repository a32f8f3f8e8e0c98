using System.Globalization;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using CmEtl.Aws.Lambda;
using CmEtl.Engine;

namespace CmEtl.Aws.Deployment;

/// <summary>Updates the function to match its specification, and changes nothing else. Running invocations keep their code.</summary>
/// <param name="lambda">The Lambda client.</param>
/// <param name="progress">Receives the current step. Uploads and waiting for the function can take long.</param>
public sealed class FunctionPublisher(IAmazonLambda lambda, IProgress<string>? progress = null)
{
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html: the OS-only runtime, which
    // starts the program named "bootstrap".
    internal const string Runtime = "provided.al2023";
    internal const string Handler = "bootstrap";

    /// <summary>
    /// Memory of a new function. Most work is done by the database, but CPU is allocated with memory: 1,769 MiB give one vCPU.
    /// </summary>
    internal const int DefaultMemory = 2048;

    /// <summary>Lambda's maximum in seconds. The time limits of the state machines assume it.</summary>
    internal const int DefaultTimeout = 900;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly FunctionVersions _versions = new(lambda);

    /// <summary>Returns what <see cref="PublishAsync"/> would do. Writes nothing.</summary>
    public async Task<FunctionDeployment> PreviewAsync(FunctionSpec spec, CancellationToken cancel)
    {
        var current = await FindAsync(spec, cancel);
        return Result(spec, current?.Configuration.FunctionArn, null, new FunctionChanges(spec, current), current is null, []);
    }

    /// <summary>Creates or updates the function, waits until it is ready, then publishes a version if requested.</summary>
    /// <exception cref="AmazonServiceException">The service refused.</exception>
    /// <exception cref="CmEtlException">The function cannot be changed as specified. Nothing was changed.</exception>
    /// <exception cref="TimeoutException">The function does not become ready.</exception>
    public async Task<FunctionDeployment> PublishAsync(FunctionSpec spec, CancellationToken cancel)
    {
        progress?.Report("Reading the function");
        var current = await FindAsync(spec, cancel);
        var changes = new FunctionChanges(spec, current);
        var now = current is null
            ? await CreateAsync(spec, changes, cancel)
            : await UpdateAsync(spec, current.Configuration, changes, cancel);
        await SetConcurrencyAsync(spec, changes, cancel);
        string? version = null, arn = now.FunctionArn;
        if (spec.Publish || spec.Alias is not null)
        {
            progress?.Report("Publishing a version");
            // Publishing unchanged code and configuration returns the existing version, so this can be repeated.
            var published = await lambda.PublishVersionAsync(new() { FunctionName = spec.Name, RevisionId = now.RevisionId }, cancel);
            version = published.Version;
            arn = spec.Alias is null
                ? published.FunctionArn
                : await _versions.PointAsync(spec.Name, spec.Alias, version, spec.Weight, cancel);
        }

        IReadOnlyList<string> removed = spec.KeepVersions is { } keep ? await _versions.PruneAsync(spec.Name, keep, cancel) : [];
        return Result(spec, arn, version, changes, current is null, removed);
    }

    private static FunctionDeployment Result(
        FunctionSpec spec, string? arn, string? version, FunctionChanges changes, bool created, IReadOnlyList<string> removed) =>
        new(spec.Name, arn, version, changes.All, created, !created && changes.All.Count > 0,
            spec.Package.Bytes.Length) { RemovedVersions = removed };

    private async Task<GetFunctionResponse?> FindAsync(FunctionSpec spec, CancellationToken cancel)
    {
        try
        {
            // Wait even if the function exists, because a change in progress would refuse this one.
            var found = await lambda.WaitUntilReadyAsync(spec.Name, Patience, cancel);
            ThrowIfOther(spec, found.Configuration);
            return found;
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private static void ThrowIfOther(FunctionSpec spec, FunctionConfiguration function)
    {
        if (function.PackageType?.Value == "Image")
        {
            throw Refuse(spec, "was created from a container image, which Lambda cannot replace with a zip file", "Publish under another name.");
        }

        if (!spec.Force && function.Runtime?.Value.StartsWith("provided", StringComparison.Ordinal) == false)
        {
            throw Refuse(
                spec, $"has the runtime {function.Runtime.Value}, so it is not a CmEtl function", "Publish under another name, or use -Force to replace it.");
        }
    }

    private static CmEtlException Refuse(FunctionSpec spec, string problem, string remedy) =>
        new(ErrorKind.Configuration, ErrorIds.InvalidFunction, $"{spec.Name} {problem}. Nothing was changed.", remedy) { Subject = spec.Name };

    private async Task<FunctionConfiguration> CreateAsync(FunctionSpec spec, FunctionChanges changes, CancellationToken cancel)
    {
        progress?.Report($"Creating the function from {Megabytes(spec)}");
        try
        {
            await lambda.CreateFunctionAsync(changes.Creation(), cancel);
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "ResourceConflictException")
        {
            // The function exists now. If it matches the request, the reply to an earlier attempt was lost.
            var found = await FindAsync(spec, cancel);
            if (found is null || new FunctionChanges(spec with { ReservedConcurrency = null }, found).All.Count > 0)
            {
                throw;
            }
        }

        return await ReadyAsync(spec.Name, cancel);
    }

    private async Task<FunctionConfiguration> UpdateAsync(
        FunctionSpec spec, FunctionConfiguration current, FunctionChanges changes, CancellationToken cancel)
    {
        var now = current;
        if (changes.Configuration() is { } configuration)
        {
            progress?.Report("Changing the configuration");
            configuration.RevisionId = now.RevisionId;
            await lambda.UpdateFunctionConfigurationAsync(configuration, cancel);
            now = await ReadyAsync(spec.Name, cancel);
        }

        if (changes.OfCode)
        {
            progress?.Report($"Changing the code, {Megabytes(spec)}");
            var architectures = spec.Package.Architecture is { } architecture ? new List<string> { architecture } : null;
            await lambda.UpdateFunctionCodeAsync(
                new() { FunctionName = spec.Name, ZipFile = new(spec.Package.Bytes), Architectures = architectures,
                    RevisionId = now.RevisionId }, cancel);
            now = await ReadyAsync(spec.Name, cancel);
        }

        if (changes.TagsToSet is { Count: > 0 } tags)
        {
            await lambda.TagResourceAsync(new() { Resource = current.FunctionArn, Tags = tags }, cancel);
        }

        if (changes.TagsToRemove is { Count: > 0 } names)
        {
            await lambda.UntagResourceAsync(new() { Resource = current.FunctionArn, TagKeys = names }, cancel);
        }

        return now;
    }

    private async Task SetConcurrencyAsync(FunctionSpec spec, FunctionChanges changes, CancellationToken cancel)
    {
        if (!changes.OfConcurrency)
        {
            return;
        }

        progress?.Report("Changing the reserved concurrency");
        if (spec.ReservedConcurrency == FunctionSpec.NoReservation)
        {
            await lambda.DeleteFunctionConcurrencyAsync(new() { FunctionName = spec.Name }, cancel);
        }
        else
        {
            await lambda.PutFunctionConcurrencyAsync(
                new() { FunctionName = spec.Name, ReservedConcurrentExecutions = spec.ReservedConcurrency }, cancel);
        }
    }

    private async Task<FunctionConfiguration> ReadyAsync(string name, CancellationToken cancel)
    {
        progress?.Report("Waiting for the function to become ready");
        return (await lambda.WaitUntilReadyAsync(name, Patience, cancel)).Configuration;
    }

    private static string Megabytes(FunctionSpec spec) => string.Create(CultureInfo.InvariantCulture, $"{spec.Package.Bytes.Length / 1e6:0.0} MB");
}
