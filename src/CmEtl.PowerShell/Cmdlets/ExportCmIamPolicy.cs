using System.Management.Automation;
using System.Text;
using CmEtl.Aws.Policies;

namespace CmEtl.PowerShell;

/// <summary>
/// Writes the IAM policies of one deployment as JSON files: the roles of the state machine, the function and the scheduler, the trust
/// policies of the three, a deployer, and an operator who only reads.
/// </summary>
[Cmdlet(VerbsData.Export, "CmIamPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCmIamPolicyCommand : CmCmdlet
{
    /// <summary>Folder to write to; it is created when it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>ARN of the function that the machine calls; it names the partition, the region and the account too.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string LambdaFunctionArn { get; set; } = "";

    /// <summary>Name of the state machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StateMachineNameCompleter))]
    public string StateMachineName { get; set; } = "cm-etl-pipeline-state-machine";

    /// <summary>ARN of the machine's role, which the deployer may pass on. Left out, that statement is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExecutionRoleArn { get; set; }

    /// <summary>ARN of the function's role, which the deployer may pass on. Left out, that statement is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FunctionRoleArn { get; set; }

    /// <summary>
    /// ARN of the secret that holds the database's password, with or without its random suffix. The function may read it. Left out, that
    /// statement is left out.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DatabaseSecretArn { get; set; }

    /// <summary>ARN of the customer managed KMS key that encrypts the secret.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretKmsKeyArn { get; set; }

    /// <summary>
    /// Resource id of the database, cluster or RDS Proxy (db-ABC, cluster-ABC, prx-ABC) that the function logs in to with IAM. Left out,
    /// that statement is left out.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DatabaseResourceId { get; set; }

    /// <summary>Database user that the function logs in as with IAM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DatabaseUser { get; set; } = "cm_worker";

    /// <summary>ARN of the customer managed KMS key that encrypts the function's environment variables.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KmsKeyArn { get; set; }

    /// <summary>Name of the S3 bucket for the manifest of the distributed definition. Left out, its statements are left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManifestBucket { get; set; }

    /// <summary>ARN of the customer managed KMS key that encrypts the bucket's objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManifestKmsKeyArn { get; set; }

    /// <summary>Name of the EventBridge Scheduler schedule group whose schedules start the machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ScheduleGroup { get; set; } = "default";

    /// <summary>ARN of the SQS queue for starts that the scheduler could not make. Left out, that statement is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeadLetterQueueArn { get; set; }

    /// <summary>The function is connected to a VPC: adds the rights for network interfaces.</summary>
    [Parameter]
    public SwitchParameter Vpc { get; set; }

    /// <summary>Function and state machine are traced with X-Ray: adds the rights to send traces.</summary>
    [Parameter]
    public SwitchParameter Tracing { get; set; }

    /// <summary>Replace files that are there. Without it nothing is written when one is.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        var folder = FullPath(Path);
        var values = new Dictionary<string, string?>
        {
            [nameof(ExecutionRoleArn)] = ExecutionRoleArn, [nameof(FunctionRoleArn)] = FunctionRoleArn,
                [nameof(DatabaseSecretArn)] = DatabaseSecretArn,
            [nameof(SecretKmsKeyArn)] = SecretKmsKeyArn, [nameof(DatabaseResourceId)] = DatabaseResourceId,
                [nameof(DatabaseUser)] = DatabaseUser,
            [nameof(KmsKeyArn)] = KmsKeyArn, [nameof(ManifestBucket)] = ManifestBucket, [nameof(ManifestKmsKeyArn)] = ManifestKmsKeyArn,
            [nameof(ScheduleGroup)] = ScheduleGroup, [nameof(DeadLetterQueueArn)] = DeadLetterQueueArn,
        };
        var features = (Vpc ? PolicyFeatures.Vpc : PolicyFeatures.None) | (Tracing ? PolicyFeatures.Tracing : PolicyFeatures.None);
        var policies = new PolicySet(
            LambdaFunctionArn, StateMachineName, values.Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value!), features);
        var files = policies.Render().ToDictionary(p => new FileInfo(System.IO.Path.Combine(folder, p.Key)), p => p.Value);
        NewFiles.Refuse(files.Keys, Force);
        if (ShouldProcess(folder, $"Write {files.Count} policies"))
        {
            NewFiles.Save(folder, "The policies", files.ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Value)));
            WriteObject(files.Keys.Select(f => new FileInfo(f.FullName)), enumerateCollection: true);
        }
    }
}
