using System.Collections;
using System.Management.Automation;
using CmEtl.Aws.Deployment;
using CmEtl.Aws.Lambda;

namespace CmEtl.PowerShell;

/// <summary>
/// Creates or updates the Lambda function from its package and waits until it is ready; changes nothing when it is as it should be.
/// With <c>-WhatIf</c> it returns what would change.
/// </summary>
[Cmdlet(VerbsData.Publish, "CmLambda", SupportsShouldProcess = true)]
[OutputType(typeof(FunctionDeployment))]
public sealed class PublishCmLambdaCommand : AwsCmdlet
{
    /// <summary>The package: the zip file that build.ps1 -Task Package makes, at most 50 MiB.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Name of the function.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string FunctionName { get; set; } = "cm-etl";

    /// <summary>ARN of the function's role; needed to create the function, kept by an update when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>Memory in MiB. Left out: 2048 when created, else as it is.</summary>
    [Parameter]
    [ValidateRange(128, 10_240)]
    public int? MemorySize { get; set; }

    /// <summary>Timeout in seconds. Left out: 900 when created, else as it is.</summary>
    [Parameter]
    [ValidateRange(1, 900)]
    public int? Timeout { get; set; }

    /// <summary>
    /// Environment variables to set, by name; a null value removes one, those that are not named are kept. No value is ever shown.
    /// </summary>
    [Parameter]
    public Hashtable? Environment { get; set; }

    /// <summary>Ids of the subnets to run in, for a database without a public address; give -SecurityGroupId too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SubnetId { get; set; }

    /// <summary>Ids of the security groups to run in; give -SubnetId too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SecurityGroupId { get; set; }

    /// <summary>Publish a version of the function.</summary>
    [Parameter]
    public SwitchParameter Publish { get; set; }

    /// <summary>Publish a version and point this alias to it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Alias { get; set; }

    private protected override void Process()
    {
        var spec = new FunctionSpec
        {
            Name = FunctionName,
            Zip = PackageFile.Read(FullPath(Path)),
            RoleArn = RoleArn,
            MemorySize = MemorySize,
            Timeout = Timeout,
            Environment = Texts(Environment),
            Network = SubnetId is null && SecurityGroupId is null ? null : new() { SubnetIds = SubnetId ?? [], SecurityGroupIds = SecurityGroupId ?? [] },
            Publish = Publish,
            Alias = Alias,
        };
        using var client = Aws.OpenLambda();
        if (MayProcess(FunctionName, "Publish function", out var whatIf))
        {
            WriteObject(Publishing(client, spec));
        }
        else if (whatIf)
        {
            WriteObject(Run(cancel => new FunctionPublisher(client).PreviewAsync(spec, cancel)));
        }
    }

    private FunctionDeployment Publishing(ILambda client, FunctionSpec spec)
    {
        using var progress = new StepProgress(Pump, this, $"Function {spec.Name}");
        return Run(cancel => new FunctionPublisher(client, progress).PublishAsync(spec, cancel));
    }
}
