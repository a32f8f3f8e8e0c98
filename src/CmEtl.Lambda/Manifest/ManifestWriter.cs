using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// Writes the numbers of a run's chunks to S3 with server-side encryption, for a Distributed Map. The SDK sends a checksum, so S3 refuses
/// corrupted data.
/// </summary>
/// <param name="environment">Environment variables of the function, with its role and the KMS key of the manifest.</param>
internal sealed class ManifestWriter(IReadOnlyDictionary<string, string> environment) : IDisposable
{
    private const string KmsKey = "CMETL_MANIFEST_KMS_KEY_ID";
    private const string Endpoint = "AWS_ENDPOINT_URL_S3";

    private readonly Lazy<AmazonS3Client> _s3 = new(() => Open(environment));

    /// <summary>Environment variables that are read here and that are not settings of the engine.</summary>
    public static readonly IReadOnlyList<string> Variables = [KmsKey];

    /// <summary>Writes the manifest. Replaces that of an earlier call for the same run.</summary>
    /// <returns>Size of the manifest in bytes. Throws <see cref="CmEtlException"/>.</returns>
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
            // The manifest is in memory and is signed as a whole, without chunked encoding, which not every S3-compatible store decodes.
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
            // A custom endpoint (of a test or a gateway) rarely supports host names that begin with the bucket.
            (config.ServiceURL, config.AuthenticationRegion, config.ForcePathStyle) = (endpoint, identity.Region, true);
        }

        var (access, secret, token) = (identity.Credentials.AccessKey, identity.Credentials.SecretKey, identity.Credentials.Token);
        return new AmazonS3Client(identity.Credentials.UseToken
            ? new SessionAWSCredentials(access, secret, token) : new BasicAWSCredentials(access, secret), config);
    }
}
