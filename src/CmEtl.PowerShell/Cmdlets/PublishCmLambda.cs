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
    /// <summary>The package: what build.ps1 -Task Package makes.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Name of the function.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string FunctionName { get; set; } = "cm-etl";

    /// <summary>The function's role; needed to create, kept by an update when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>Memory in MiB; 2048 when created.</summary>
    [Parameter]
    [ValidateRange(128, 10_240)]
    public int? MemorySize { get; set; }

    /// <summary>Timeout in seconds; 900 when created.</summary>
    [Parameter]
    [ValidateRange(1, 900)]
    public int? Timeout { get; set; }

    /// <summary>Environment variables to set; a null value removes one, the others are kept.</summary>
    [Parameter]
    public Hashtable? Environment { get; set; }

    /// <summary>Subnets to run in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SubnetId { get; set; }

    /// <summary>Security groups to run in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SecurityGroupId { get; set; }

    /// <summary>Publish a version.</summary>
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
