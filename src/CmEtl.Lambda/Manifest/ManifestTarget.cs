using System.Text;
using System.Text.RegularExpressions;

namespace CmEtl.Lambda;

/// <summary>Location of a manifest.</summary>
/// <param name="Bucket">An S3 bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).</param>
/// <param name="Key">The object's key (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html).</param>
internal sealed partial record ManifestTarget(string Bucket, string Key)
{
    private const string BucketField = "manifest_bucket";
    private const string KeyField = "manifest_key";
    private const int LongestKey = 1024;

    /// <summary>The fields of an event that name a target.</summary>
    public static IReadOnlyList<string> Fields { get; } = [BucketField, KeyField];

    /// <summary>
    /// Reads the target. Null if the event has neither field. One field without the other, or an invalid value, is an error.
    /// </summary>
    public static ManifestTarget? From(string? bucket, string? key) => (bucket, key) switch
    {
        (null, null) => null,
        (null, _) => throw ActionInput.Refuse(BucketField, $"is missing; {KeyField} was given"),
        (_, null) => throw ActionInput.Refuse(KeyField, $"is missing; {BucketField} was given"),
        _ when !BucketName().IsMatch(bucket) => throw ActionInput.Refuse(BucketField, "is not the name of an S3 bucket"),
        _ when !IsKey(key) => throw ActionInput.Refuse(
            KeyField, $"must be 1 to {LongestKey} bytes, without control characters, a leading slash or a folder named . or .."),
        _ => new ManifestTarget(bucket, key),
    };

    private static bool IsKey(string key) => key.Length > 0 && Encoding.UTF8.GetByteCount(key) <= LongestKey && key[0] != '/'
        && !key.Any(char.IsControl) && !key.Split('/').Any(part => part is "." or "..");

    [GeneratedRegex(@"^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
