using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Puts the numbers of a run's chunks to S3, encrypted there, for a Distributed Map to read. The SDK sends a checksum along, so S3 refuses
/// bytes that are not the ones sent.
/// </summary>
/// <param name="environment">The function's: its role, and what the manifest is encrypted with.</param>
internal sealed class ManifestWriter(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private const string KmsKey = "CMETL_MANIFEST_KMS_KEY_ID";
    private const string Endpoint = "AWS_ENDPOINT_URL_S3";

    private readonly Lazy<AmazonS3Client> _s3 = new(() => Open(environment));

    /// <summary>The variables that are read here and are none of the engine's.</summary>
    public static readonly IReadOnlyList<string> Variables = [KmsKey];

    /// <summary>Writes the manifest, in place of what an earlier call for the same run wrote.</summary>
    /// <returns>Its size in bytes. Throws <see cref="CmEtlException"/>.</returns>
    public async Task<long> WriteAsync(ManifestTarget target, IEnumerable<int> chunks, CancellationToken cancel)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(chunks.Select(c => new ManifestItem(c)),
            ManifestJson.Default.IEnumerableManifestItem);
        var key = environment.GetValueOrDefault(KmsKey, "");
        var request = new PutObjectRequest
        {
            BucketName = target.Bucket, Key = target.Key, InputStream = new MemoryStream(manifest), ContentType = "application/json",
            ServerSideEncryptionMethod = key.Length > 0 ? ServerSideEncryptionMethod.AWSKMS : ServerSideEncryptionMethod.AES256,
            ServerSideEncryptionKeyManagementServiceKeyId = key.Length > 0 ? key : null,
            // The manifest is in memory: signed whole, it needs no framing, which not every store takes out again.
            UseChunkEncoding = false,
        };
        try
        {
            await _s3.Value.PutObjectAsync(request, cancel);
            return manifest.Length;
        }
        catch (Exception error) when (ManifestError.From(error, target) is { } ours && !cancel.IsCancellationRequested)
        {
            throw ours;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_s3.IsValueCreated)
        {
            _s3.Value.Dispose();
        }
    }

    private static AmazonS3Client Open(IReadOnlyDictionary<string, string> environment)
    {
        var identity = AwsIdentity.Load(environment);
        var config = new AmazonS3Config { RegionEndpoint = RegionEndpoint.GetBySystemName(identity.Region),
            Timeout = TimeSpan.FromSeconds(30) };
        if (environment.GetValueOrDefault(Endpoint) is { Length: > 0 } endpoint)
        {
            // A host of its own (a test's, or a gateway's) rarely answers to bucket.host.
            (config.ServiceURL, config.AuthenticationRegion, config.ForcePathStyle) = (endpoint, identity.Region, true);
        }

        var (access, secret, token) = (identity.Credentials.AccessKey, identity.Credentials.SecretKey, identity.Credentials.Token);
        return new AmazonS3Client(identity.Credentials.UseToken
            ? new SessionAWSCredentials(access, secret, token) : new BasicAWSCredentials(access, secret), config);
    }
}
