using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Deployment;
using CmEtl.Aws.Templates;

namespace CmEtl.PowerShell;

/// <summary>
/// Writes the whole deployment as a CloudFormation or Terraform template, and the function's package next to it. Does not connect to AWS.
/// </summary>
[Cmdlet(VerbsData.Export, "CmTemplate", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCmTemplateCommand : CmCmdlet
{
    private const int ShownHash = 12;

    /// <summary>Folder to write to. It is created if it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Language of the template. Terraform uses its JSON syntax and the provider hashicorp/aws, version 6 or later.</summary>
    [Parameter(Mandatory = true)]
    [ValidateSet(nameof(TemplateFormat.CloudFormation), nameof(TemplateFormat.Terraform))]
    public string Format { get; set; } = "";

    /// <summary>
    /// The function's package, or its folder. The package is copied next to the template. Its file name contains its hash, so that a new
    /// package becomes a new version.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string PackagePath { get; set; } = "";

    /// <summary>Processor to run on. Chooses the package in a folder. By default that of the package.</summary>
    [Parameter]
    [ValidateSet("x86_64", "arm64")]
    public string? Architecture { get; set; }

    /// <summary>
    /// PEM file with the certificates of the certification authorities that the function trusts. It is added to the package.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RootCertificate { get; set; }

    /// <summary>
    /// A definition file, or the name of one of the pipeline's own definitions: etl_pipeline.json, etl_pipeline_phase2_chunked.json, or
    /// etl_pipeline_phase2_distributed.json, for which the template has a bucket.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DefinitionFileCompleter))]
    public string DefinitionFile { get; set; } = PipelineDefinition.Chunked;

    /// <summary>Chunks that are processed at the same time, 5 by default. Only for definitions with chunks.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Target number of rows per chunk, 10000 by default. Only for definitions with chunks.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? TargetChunkSize { get; set; }

    /// <summary>Values for other placeholders of the definition, by name: @{ RetryMaxAttempts = 5 }.</summary>
    [Parameter]
    public Hashtable? Substitution { get; set; }

    /// <summary>How the function authenticates to the database: with a secret, or with an IAM token that its role signs.</summary>
    [Parameter]
    [ValidateSet(nameof(DatabaseLogin.Secret), nameof(DatabaseLogin.Iam))]
    public string Login { get; set; } = nameof(DatabaseLogin.Secret);

    /// <summary>Runs the function outside of a VPC. Only for databases with a public address.</summary>
    [Parameter]
    public SwitchParameter NoVpc { get; set; }

    /// <summary>Encrypts variables, logs, bucket and topic with a customer managed KMS key.</summary>
    [Parameter]
    public SwitchParameter Kms { get; set; }

    /// <summary>Default of the template's parameter for the function name.</summary>
    [Parameter]
    [ValidatePattern("^[a-zA-Z0-9-_]{1,50}$")]
    public string FunctionName { get; set; } = "cm-etl";

    /// <summary>Default of the template's parameter for the state machine name.</summary>
    [Parameter]
    [ValidatePattern("^[a-zA-Z0-9-_]{1,64}$")]
    public string StateMachineName { get; set; } = "cm-etl-pipeline-state-machine";

    /// <summary>Replaces existing files. Without -Force nothing is written if the template exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        var format = Enum.Parse<TemplateFormat>(Format, ignoreCase: true);
        var package = PackageFile.Read(FullPath(PackagePath), Architecture);
        package = RootCertificate is null ? package : package.WithRootCertificate(FullPath(RootCertificate));
        var name = $"cmetl-lambda-{Convert.ToHexStringLower(Convert.FromBase64String(package.Sha256))[..ShownHash]}.zip";
        var template = InfrastructureTemplate.Write(format, new TemplateOptions
        {
            Definition = PipelineDefinition.Open(FullPath(DefinitionFile)),
            Substitutions = Substitutions(),
            PackageSha256 = package.Sha256,
            PackageName = name,
            RootCertificate = package.HasRootCertificate,
            Architecture = package.Architecture ?? "x86_64",
            FunctionName = FunctionName,
            StateMachineName = StateMachineName,
            Login = Enum.Parse<DatabaseLogin>(Login, ignoreCase: true),
            Vpc = !NoVpc,
            Kms = Kms,
        });
        var folder = FullPath(Path);
        var files = new Dictionary<FileInfo, byte[]>
        {
            [new(System.IO.Path.Combine(folder, InfrastructureTemplate.FileName(format)))] = Encoding.UTF8.GetBytes(template),
            [new(System.IO.Path.Combine(folder, name))] = package.Bytes,
        };
        // The package's name contains its hash, so an existing package with this name has the same content.
        NewFiles.Refuse(files.Keys.Take(1), Force);
        if (ShouldProcess(folder, $"Write template and package"))
        {
            NewFiles.Save(folder, "The template", files);
            WriteObject(files.Keys.Select(f => new FileInfo(f.FullName)), enumerateCollection: true);
        }
    }

    private Dictionary<string, string> Substitutions()
    {
        var values = Texts(Substitution).ToDictionary(v => v.Key, v => v.Value ?? "");
        foreach (var (name, value) in new[] { (nameof(MaxConcurrency), MaxConcurrency), (nameof(TargetChunkSize), TargetChunkSize) })
        {
            if (value is { } number)
            {
                values[name] = number.ToString(CultureInfo.InvariantCulture);
            }
        }

        return values;
    }
}
