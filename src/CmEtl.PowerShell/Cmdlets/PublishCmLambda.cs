using System.Collections;
using System.Management.Automation;
using Amazon.Lambda;
using CmEtl.Aws.Deployment;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Creates or updates the Lambda function from its package and waits until it is ready; changes nothing when it is as it should be.
/// With <c>-WhatIf</c> it returns what would change. With <c>-Rollback</c> it points an alias back to an earlier version.
/// </summary>
[Cmdlet(VerbsData.Publish, "CmLambda", SupportsShouldProcess = true, DefaultParameterSetName = PackageSet)]
[OutputType(typeof(FunctionDeployment))]
public sealed class PublishCmLambdaCommand : VersionedCmdlet
{
    private const string PackageSet = DeploymentSet;

    /// <summary>
    /// The package: the zip file that build.ps1 -Task Package makes, at most 50 MiB, or its folder. The function gets the architecture of
    /// its program.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Name of the function.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string FunctionName { get; set; } = "cm-etl";

    /// <summary>ARN of the function's role; needed to create the function, kept by an update when left out.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>
    /// Processor to run on. Chooses the package in a folder; a package that is made for another processor is refused. Left out: the
    /// package's own.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateSet("x86_64", "arm64")]
    public string? Architecture { get; set; }

    /// <summary>
    /// File with the certificates of the authorities that the function trusts, in PEM format, such as the bundle of Amazon RDS. It is added
    /// to the package, and CMETL_ROOT_CERTIFICATE is set to it.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string? RootCertificate { get; set; }

    /// <summary>Memory in MiB. Left out: 2048 when created, else as it is.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateRange(128, 10_240)]
    public int? MemorySize { get; set; }

    /// <summary>Timeout in seconds. Left out: 900 when created, else as it is.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateRange(1, 900)]
    public int? Timeout { get; set; }

    /// <summary>
    /// Environment variables to set, by name; a null value removes one, those that are not named are kept. No value is ever shown.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    public Hashtable? Environment { get; set; }

    /// <summary>ARN of the KMS key that encrypts the environment; an empty text goes back to Lambda's own key.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [AllowEmptyString]
    public string? KmsKeyArn { get; set; }

    /// <summary>Ids of the subnets to run in, for a database without a public address. A new network needs -SecurityGroupId too.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string[]? SubnetId { get; set; }

    /// <summary>Ids of the security groups to run in. A new network needs -SubnetId too.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string[]? SecurityGroupId { get; set; }

    /// <summary>Leave the VPC: the function runs in no subnet and no security group.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public SwitchParameter NoVpc { get; set; }

    /// <summary>
    /// Concurrent invocations that are reserved for the function and are its limit. -1 removes the reservation; 0 stops all invocations.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateRange(FunctionSpec.NoReservation, int.MaxValue)]
    public int? ReservedConcurrency { get; set; }

    /// <summary>Trace with X-Ray; <c>-Tracing:$false</c> switches it off.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public SwitchParameter Tracing { get; set; }

    /// <summary>All tags the function shall have, by key; others are removed. Left out, tags stay as they are.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public Hashtable? Tag { get; set; }

    /// <summary>Replace a function of another runtime. Without it such a function is not touched.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public SwitchParameter Force { get; set; }

    private protected override void Process()
    {
        var spec = Rollback ? null : Spec();
        using var client = Aws.OpenLambda();
        var may = MayProcess(FunctionName, Rollback ? $"Point alias {Alias} back" : "Publish function", out var whatIf);
        if (!may && !whatIf)
        {
            return;
        }

        WriteObject(spec is null ? Run(cancel => new FunctionVersions(client).RollBackAsync(FunctionName, Alias!, Version, whatIf, cancel))
            : may ? Publishing(client, spec)
            : Run(cancel => new FunctionPublisher(client).PreviewAsync(spec, cancel)));
    }

    private FunctionSpec Spec()
    {
        if (NoVpc && (SubnetId ?? SecurityGroupId) is not null)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.ParameterConflict, "-NoVpc cannot be used with -SubnetId or -SecurityGroupId. Nothing was changed.",
                "Leave one of them out.") { Subject = nameof(NoVpc) };
        }

        var package = PackageFile.Read(FullPath(Path), Architecture);
        var environment = Texts(Environment);
        if (RootCertificate is not null)
        {
            environment[PackageFile.RootCertificateVariable] = PackageFile.RootCertificate;
        }

        return new FunctionSpec
        {
            Name = FunctionName,
            Package = RootCertificate is null ? package : package.WithRootCertificate(FullPath(RootCertificate)),
            RoleArn = RoleArn,
            MemorySize = MemorySize,
            Timeout = Timeout,
            Environment = environment,
            KmsKeyArn = KmsKeyArn,
            SubnetIds = NoVpc ? [] : SubnetId,
            SecurityGroupIds = NoVpc ? [] : SecurityGroupId,
            ReservedConcurrency = ReservedConcurrency,
            Tracing = MyInvocation.BoundParameters.ContainsKey(nameof(Tracing)) ? Tracing : null,
            Tags = Tag is null ? null : Texts(Tag).ToDictionary(t => t.Key, t => t.Value ?? ""),
            Force = Force,
            Publish = Publish,
            Alias = Alias,
            Weight = Weight,
            KeepVersions = KeepVersion,
        };
    }

    private FunctionDeployment Publishing(IAmazonLambda client, FunctionSpec spec)
    {
        using var progress = new StepProgress(Pump, this, $"Function {spec.Name}");
        return Run(cancel => new FunctionPublisher(client, progress).PublishAsync(spec, cancel));
    }
}
