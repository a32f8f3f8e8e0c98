using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Deployment;
using CmEtl.Aws.StepFunctions;

namespace CmEtl.PowerShell;

/// <summary>
/// Creates or updates the state machine; changes nothing when it is as it should be. With <c>-WhatIf</c> it returns what would change.
/// </summary>
[Cmdlet("Deploy", "CmStateMachine", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentResult))]
public sealed class DeployCmStateMachineCommand : AwsCmdlet
{
    /// <summary>The function that the machine calls: its ARN, or better that of a version or an alias.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string LambdaFunctionArn { get; set; } = "";

    /// <summary>ARN of the execution role; needed to create the machine, kept by an update when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>Name of the state machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StateMachineNameCompleter))]
    public string StateMachineName { get; set; } = "cm-etl-pipeline-state-machine";

    /// <summary>
    /// A definition file, or the name of one of the pipeline's own: etl_pipeline.json, etl_pipeline_phase2_chunked.json,
    /// etl_pipeline_phase2_distributed.json.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DefinitionFileCompleter))]
    public string DefinitionFile { get; set; } = $"step_functions/{PipelineDefinition.Sequential}";

    /// <summary>Chunks in work at the same time; 5 when left out. Only for definitions with chunks.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Rows a chunk should have; 10000 when left out. Only for definitions with chunks.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int? TargetChunkSize { get; set; }

    /// <summary>Name of the S3 bucket for the manifest; the distributed definition needs it, no other takes it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManifestBucket { get; set; }

    /// <summary>Values for further placeholders of the definition, by name: @{ RetryMaxAttempts = 5 }.</summary>
    [Parameter]
    public Hashtable? Substitution { get; set; }

    /// <summary>All tags the machine shall have, by key; others are removed. Left out, tags stay as they are.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <summary>Which events of executions are logged; their data never is. Left out, logging stays as it is.</summary>
    [Parameter]
    [ValidateSet("OFF", "ALL", "ERROR", "FATAL")]
    public string? LoggingLevel { get; set; }

    /// <summary>ARN of the log group; needed for every level but OFF.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogGroupArn { get; set; }

    /// <summary>Trace with X-Ray; <c>-Tracing:$false</c> switches it off.</summary>
    [Parameter]
    public SwitchParameter Tracing { get; set; }

    /// <summary>Publish a version of the machine.</summary>
    [Parameter]
    public SwitchParameter Publish { get; set; }

    /// <summary>Publish a version and point this alias to it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Alias { get; set; }

    private protected override void Process()
    {
        var spec = Spec();
        using var client = Aws.For(LambdaFunctionArn).OpenStepFunctions();
        var deployer = new StateMachineDeployer(client);
        if (MayProcess(StateMachineName, "Deploy state machine", out var whatIf))
        {
            WriteObject(Run(cancel => deployer.DeployAsync(spec, cancel)));
        }
        else if (whatIf)
        {
            WriteObject(Run(cancel => deployer.PreviewAsync(spec, cancel)));
        }
    }

    private StateMachineSpec Spec()
    {
        var path = FullPath(DefinitionFile);
        var template = PipelineDefinition.Open(path);
        return new StateMachineSpec
        {
            Name = StateMachineName,
            Definition = PipelineDefinition.Render(template, Values()),
            RoleArn = RoleArn,
            Logging = LoggingLevel is null ? null : new LoggingConfiguration
            {
                Level = LoggingLevel,
                // Names of runs and counts are all there is, but nobody has to prove that for a log that is off.
                IncludeExecutionData = false,
                Destinations = LogGroupArn is null ? [] : [new() { CloudWatchLogsLogGroup = new() { LogGroupArn = LogGroupArn } }],
            },
            Tracing = MyInvocation.BoundParameters.ContainsKey(nameof(Tracing)) ? Tracing : null,
            Tags = Tag is null ? null : Texts(Tag).ToDictionary(t => t.Key, t => t.Value ?? ""),
            Publish = Publish,
            Alias = Alias,
        };
    }

    private Dictionary<string, string> Values()
    {
        var values = Texts(Substitution).ToDictionary(v => v.Key, v => v.Value ?? "");
        values[nameof(LambdaFunctionArn)] = LambdaFunctionArn;
        Set(nameof(MaxConcurrency), MaxConcurrency?.ToString(CultureInfo.InvariantCulture));
        Set(nameof(TargetChunkSize), TargetChunkSize?.ToString(CultureInfo.InvariantCulture));
        Set(nameof(ManifestBucket), ManifestBucket);
        return values;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                values[name] = value;
            }
        }
    }
}
