using System.Management.Automation;
using System.Text;
using CmEtl.Aws.Policies;

namespace CmEtl.PowerShell;

/// <summary>
/// Writes the IAM policies of a deployment as JSON files: the roles of the state machine, the function and the scheduler with their trust
/// policies, a deployer, and a read-only operator.
/// </summary>
[Cmdlet(VerbsData.Export, "CmIamPolicy", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCmIamPolicyCommand : CmCmdlet
{
    /// <summary>Folder to write to. It is created if it does not exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>ARN of the function that the state machine calls. Partition, region and account are taken from it.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string LambdaFunctionArn { get; set; } = "";

    /// <summary>Name of the state machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StateMachineNameCompleter))]
    public string StateMachineName { get; set; } = "cm-etl-pipeline-state-machine";

    /// <summary>ARN of the state machine's role, which the deployer may pass. If omitted, the statement is omitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExecutionRoleArn { get; set; }

    /// <summary>ARN of the function's role, which the deployer may pass. If omitted, the statement is omitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FunctionRoleArn { get; set; }

    /// <summary>
    /// ARN of the secret with the database password, with or without its random suffix. The function may read it. If omitted, the statement
    /// is omitted.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DatabaseSecretArn { get; set; }

    /// <summary>ARN of the customer managed KMS key that encrypts the secret.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretKmsKeyArn { get; set; }

    /// <summary>
    /// Resource id of the database, cluster or RDS Proxy (db-ABC, cluster-ABC, prx-ABC) that the function logs in to with IAM. If
    /// omitted, the statement is omitted.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DatabaseResourceId { get; set; }

    /// <summary>Database user for the function's login with IAM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DatabaseUser { get; set; } = "cm_worker";

    /// <summary>
    /// ARN of the SNS topic of notify_sns_topic_arn. The function may publish to it. Left out, that statement is left out.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NotificationTopicArn { get; set; }

    /// <summary>ARN of the customer managed KMS key that encrypts the function's environment variables.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KmsKeyArn { get; set; }

    /// <summary>Name of the S3 bucket for the manifest of the distributed definition. If omitted, its statements are omitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManifestBucket { get; set; }

    /// <summary>ARN of the customer managed KMS key that encrypts the bucket's objects.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManifestKmsKeyArn { get; set; }

    /// <summary>Name of the EventBridge Scheduler schedule group whose schedules start the state machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ScheduleGroup { get; set; } = "default";

    /// <summary>ARN of the SQS queue for starts that the scheduler could not deliver. If omitted, the statement is omitted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DeadLetterQueueArn { get; set; }

    /// <summary>Adds the rights for network interfaces. Needed if the function is connected to a VPC.</summary>
    [Parameter]
    public SwitchParameter Vpc { get; set; }

    /// <summary>Adds the rights to send traces. Needed if function and state machine are traced with X-Ray.</summary>
    [Parameter]
    public SwitchParameter Tracing { get; set; }

    /// <summary>Replaces existing files. Without -Force nothing is written if one of the files exists.</summary>
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
            [nameof(DatabaseUser)] = DatabaseUser, [nameof(NotificationTopicArn)] = NotificationTopicArn,
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
