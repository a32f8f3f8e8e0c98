using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Templates;

/// <summary>
/// Options that are fixed when the template is written. Values that differ between accounts are parameters of the template.
/// </summary>
public sealed record TemplateOptions
{
    /// <summary>The definition. The template sets the placeholders of the function and the bucket.</summary>
    public required DefinitionTemplate Definition { get; init; }

    /// <summary>Values for placeholders of the definition.</summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the package in base64, as Lambda returns it.</summary>
    public required string PackageSha256 { get; init; }

    /// <summary>File name of the package in its bucket.</summary>
    public required string PackageName { get; init; }

    /// <summary>Whether the package contains certificates of certification authorities.</summary>
    public bool RootCertificate { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>Default of the parameter for the function name.</summary>
    public string FunctionName { get; init; } = "cm-etl";

    /// <summary>Default of the parameter for the state machine name.</summary>
    public string StateMachineName { get; init; } = "cm-etl-pipeline-state-machine";

    /// <summary>How the function authenticates to the database.</summary>
    public DatabaseLogin Login { get; init; }

    /// <summary>Whether the function runs in subnets.</summary>
    public bool Vpc { get; init; } = true;

    /// <summary>Whether a customer managed KMS key encrypts environment, logs, bucket, topic.</summary>
    public bool Kms { get; init; }

    /// <summary>Whether the definition reads its chunks from a bucket.</summary>
    public bool HasBucket => Definition.Placeholders.Contains("ManifestBucket");
}
