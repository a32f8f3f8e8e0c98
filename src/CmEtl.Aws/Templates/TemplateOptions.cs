using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Templates;

/// <summary>
/// A deployment as it is decided when its template is written. What differs between accounts is a parameter of the template.
/// </summary>
public sealed record TemplateOptions
{
    /// <summary>The definition: its placeholders may be substituted, but the function and the bucket are the template's own.</summary>
    public required DefinitionTemplate Definition { get; init; }

    /// <summary>Values for placeholders of the definition.</summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the package in base64, as Lambda writes it.</summary>
    public required string PackageSha256 { get; init; }

    /// <summary>File name of the package in its bucket.</summary>
    public required string PackageName { get; init; }

    /// <summary>Whether the package brings the certificates of the authorities along.</summary>
    public bool RootCertificate { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>Default of the name of the function.</summary>
    public string FunctionName { get; init; } = "cm-etl";

    /// <summary>Default of the name of the state machine.</summary>
    public string StateMachineName { get; init; } = "cm-etl-pipeline-state-machine";

    /// <summary>How the function gets its database password.</summary>
    public DatabaseLogin Login { get; init; }

    /// <summary>Whether the function runs in subnets.</summary>
    public bool Vpc { get; init; } = true;

    /// <summary>Whether a customer managed KMS key encrypts environment, logs, bucket, topic.</summary>
    public bool Kms { get; init; }

    /// <summary>Whether the definition has its chunks in a bucket.</summary>
    public bool HasBucket => Definition.Placeholders.Contains("ManifestBucket");
}
