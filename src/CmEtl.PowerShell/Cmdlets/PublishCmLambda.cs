using System.Collections;
using System.Management.Automation;
using Amazon.Lambda;
using CmEtl.Aws.Deployment;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Creates or updates the Lambda function from its package and waits until it is ready. Changes nothing if nothing differs.
/// With <c>-WhatIf</c> it returns what would change. With <c>-Rollback</c> it points an alias to an earlier version.
/// </summary>
[Cmdlet(VerbsData.Publish, "CmLambda", SupportsShouldProcess = true, DefaultParameterSetName = PackageSet)]
[OutputType(typeof(FunctionDeployment))]
public sealed class PublishCmLambdaCommand : VersionedCmdlet
{
    private const string PackageSet = DeploymentSet;

    /// <summary>
    /// The package: the zip file that build.ps1 -Task Package creates, at most 50 MiB, or its folder. The program in the package determines
    /// the architecture of the function.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Name of the function.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string FunctionName { get; set; } = "cm-etl";

    /// <summary>ARN of the function's role. Required to create the function. If left out, an update keeps the role.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>
    /// Processor to run on. Chooses the package in a folder. A package for another processor is refused. By default that of the package.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateSet("x86_64", "arm64")]
    public string? Architecture { get; set; }

    /// <summary>
    /// PEM file with the certificates of the certification authorities that the function trusts, such as the bundle of Amazon RDS. It is
    /// added to the package, and CMETL_ROOT_CERTIFICATE is set to its path.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string? RootCertificate { get; set; }

    /// <summary>Memory in MiB. By default 2048 for a new function. An existing function keeps its value.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateRange(128, 10_240)]
    public int? MemorySize { get; set; }

    /// <summary>Timeout in seconds. By default 900 for a new function. An existing function keeps its value.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateRange(1, 900)]
    public int? Timeout { get; set; }

    /// <summary>
    /// Environment variables to set, by name. $null removes a variable. Other variables are kept. Values are never shown.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    public Hashtable? Environment { get; set; }

    /// <summary>ARN of the KMS key that encrypts the environment. An empty string restores Lambda's own key.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [AllowEmptyString]
    public string? KmsKeyArn { get; set; }

    /// <summary>Subnet ids, for a database without a public address. To connect a new VPC, also give -SecurityGroupId.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string[]? SubnetId { get; set; }

    /// <summary>Security group ids. To connect a new VPC, also give -SubnetId.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateNotNullOrEmpty]
    public string[]? SecurityGroupId { get; set; }

    /// <summary>Disconnects the function from its VPC.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public SwitchParameter NoVpc { get; set; }

    /// <summary>
    /// Concurrent invocations that are reserved for the function and also its limit. -1 removes the reservation. 0 stops all invocations.
    /// </summary>
    [Parameter(ParameterSetName = PackageSet)]
    [ValidateRange(FunctionSpec.NoReservation, int.MaxValue)]
    public int? ReservedConcurrency { get; set; }

    /// <summary>Traces with X-Ray. <c>-Tracing:$false</c> disables tracing.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public SwitchParameter Tracing { get; set; }

    /// <summary>All tags of the function, by key. Other tags are removed. If left out, the tags are not changed.</summary>
    [Parameter(ParameterSetName = PackageSet)]
    public Hashtable? Tag { get; set; }

    /// <summary>Replaces a function that has another runtime. Without -Force such a function is not changed.</summary>
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
