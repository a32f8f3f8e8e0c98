using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Amazon.StepFunctions.Model;
using CmEtl.Aws.Definitions;
using CmEtl.Aws.Deployment;

namespace CmEtl.PowerShell;

/// <summary>
/// Creates or updates the state machine. Changes nothing if nothing differs. With <c>-WhatIf</c> it returns what would change and shows it
/// as a diff. With <c>-Rollback</c> it points an alias to an earlier version.
/// </summary>
[Cmdlet("Deploy", "CmStateMachine", SupportsShouldProcess = true, DefaultParameterSetName = DefinitionSet)]
[OutputType(typeof(DeploymentResult))]
public sealed class DeployCmStateMachineCommand : VersionedCmdlet
{
    private const string DefinitionSet = DeploymentSet;

    /// <summary>ARN of the function that the state machine calls. The ARN of a version or an alias is preferable.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = DefinitionSet)]
    [ValidateNotNullOrEmpty]
    public string LambdaFunctionArn { get; set; } = "";

    /// <summary>ARN of the execution role. Required to create the state machine. If left out, an update keeps the role.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    [ValidateNotNullOrEmpty]
    public string? RoleArn { get; set; }

    /// <summary>Name of the state machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StateMachineNameCompleter))]
    public string StateMachineName { get; set; } = "cm-etl-pipeline-state-machine";

    /// <summary>
    /// A definition file, or the name of one of the pipeline's own definitions: etl_pipeline.json, etl_pipeline_phase2_chunked.json,
    /// etl_pipeline_phase2_distributed.json, etl_pipeline_ready.json, etl_pipeline_phase2_ready.json.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = DefinitionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DefinitionFileCompleter))]
    public string DefinitionFile { get; set; } = $"step_functions/{PipelineDefinition.Sequential}";

    /// <summary>Chunks that are processed at the same time, 5 by default. Only for definitions with chunks.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    [ValidateRange(1, 1000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Target number of rows per chunk, 10000 by default. Only for definitions with chunks.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    [ValidateRange(1, 1_000_000)]
    public int? TargetChunkSize { get; set; }

    /// <summary>Name of the S3 bucket for the manifest. Required by the distributed definition, and not allowed for others.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    [ValidateNotNullOrEmpty]
    public string? ManifestBucket { get; set; }

    /// <summary>Values for other placeholders of the definition, by name: @{ RetryMaxAttempts = 5 }.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    public Hashtable? Substitution { get; set; }

    /// <summary>All tags of the state machine, by key. Other tags are removed. If left out, the tags are not changed.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    public Hashtable? Tag { get; set; }

    /// <summary>Which execution events are logged. Execution data is never logged. If left out, logging is not changed.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    [ValidateSet("OFF", "ALL", "ERROR", "FATAL")]
    public string? LoggingLevel { get; set; }

    /// <summary>ARN of the log group. Required for every level except OFF.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    [ValidateNotNullOrEmpty]
    public string? LogGroupArn { get; set; }

    /// <summary>Traces with X-Ray. <c>-Tracing:$false</c> disables tracing.</summary>
    [Parameter(ParameterSetName = DefinitionSet)]
    public SwitchParameter Tracing { get; set; }

    private protected override void Process()
    {
        var spec = Rollback ? null : Spec();
        using var client = Aws.For(LambdaFunctionArn).OpenStepFunctions();
        var deployer = new StateMachineDeployer(client);
        var may = MayProcess(StateMachineName, Rollback ? $"Point alias {Alias} back" : "Deploy state machine", out var whatIf);
        if (may || whatIf)
        {
            Write(Run(cancel => spec is null ? deployer.RollBackAsync(StateMachineName, Alias!, Version, whatIf, cancel)
                : may ? deployer.DeployAsync(spec, cancel)
                : deployer.PreviewAsync(spec, cancel)));
        }
    }

    private void Write(DeploymentResult result)
    {
        foreach (var warning in result.Warnings)
        {
            WriteWarning(warning.Line is { } line ? $"Line {line} of the definition, {warning}" : warning.ToString());
        }

        var record = new PSObject(result);
        if (result.Diff.Length > 0)
        {
            // The format file has a view for this type name, which shows the diff.
            record.TypeNames.Insert(0, $"{typeof(DeploymentResult)}#Preview");
        }

        WriteObject(record);
    }

    private StateMachineSpec Spec()
    {
        var path = FullPath(DefinitionFile);
        var template = PipelineDefinition.Open(path);
        return new StateMachineSpec
        {
            Name = StateMachineName,
            Definition = PipelineDefinition.Render(template, Values()),
            Warnings = PipelineDefinition.Warnings(template),
            RoleArn = RoleArn,
            Logging = LoggingLevel is null ? null : new LoggingConfiguration
            {
                Level = LoggingLevel,
                // The data has only run names and counts, but data that is not logged needs no review.
                IncludeExecutionData = false,
                Destinations = LogGroupArn is null ? [] : [new() { CloudWatchLogsLogGroup = new() { LogGroupArn = LogGroupArn } }],
            },
            Tracing = MyInvocation.BoundParameters.ContainsKey(nameof(Tracing)) ? Tracing : null,
            Tags = Tag is null ? null : Texts(Tag).ToDictionary(t => t.Key, t => t.Value ?? ""),
            Publish = Publish,
            Alias = Alias,
            Weight = Weight,
            KeepVersions = KeepVersion,
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
