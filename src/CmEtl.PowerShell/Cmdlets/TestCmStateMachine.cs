using System.Collections.ObjectModel;
using System.Management.Automation;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Checks state machine definitions without a connection to AWS. Returns one finding per problem, with file, line and path, and nothing for
/// a valid file. With <c>-Quiet</c> it returns true or false per file.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CmStateMachine", DefaultParameterSetName = nameof(Path))]
[OutputType(typeof(DefinitionFinding), typeof(bool))]
public sealed class TestCmStateMachineCommand : CmCmdlet
{
    private string _file = "";

    /// <summary>Definition files in JSON, or names of the pipeline's own definitions. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = nameof(Path))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DefinitionFileCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Exact paths of definition files. Wildcard characters are taken literally.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = nameof(LiteralPath))]
    [Alias("PSPath", "DefinitionFile")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Returns only whether Step Functions would accept the file. Warnings are ignored.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override object Subject => _file;

    private protected override void Process()
    {
        foreach (var file in LiteralPath.Select(FullPath).Concat(Path.SelectMany(Files)))
        {
            Check(file);
        }
    }

    // If one file cannot be read, the other files are still checked.
    private protected override void Fail(CmEtlException error) => WriteError(error.ToErrorRecord(Subject));

    private void Check(string file)
    {
        _file = file;
        try
        {
            var findings = DefinitionValidator.Validate(PipelineDefinition.ReadText(file), template: true);
            if (Quiet)
            {
                WriteObject(!findings.Any(f => f.Severity == FindingSeverity.Error));
            }
            else
            {
                WriteObject(findings.Select(f => f with { File = file }), enumerateCollection: true);
            }
        }
        catch (DefinitionException error)
        {
            Fail(new CmEtlException(ErrorKind.Configuration, ErrorIds.InvalidDefinition, error.Message, "Give the path of a definition file.") { Subject = file });
        }
    }

    private Collection<string> Files(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [FullPath(path)];
        }

        try
        {
            return SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (Exception error) when (error is SessionStateException or ProviderInvocationException or NotSupportedException)
        {
            throw new CmEtlException(ErrorKind.Configuration, ErrorIds.InvalidPath, $"The path cannot be used: {error.Message.TrimEnd('.')}.", "Give the path of a file.")
            {
                Subject = path,
            };
        }
    }
}
