using System.Collections.ObjectModel;
using System.Management.Automation;
using CmEtl.Aws.Definitions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Checks state machine definitions without a connection: one finding per problem, with file, line and path; nothing for a file that is in
/// order.
/// With <c>-Quiet</c>, true or false per file.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CmStateMachine", DefaultParameterSetName = nameof(Path))]
[OutputType(typeof(DefinitionFinding), typeof(bool))]
public sealed class TestCmStateMachineCommand : CmCmdlet
{
    private string _file = "";

    /// <summary>Definition files in JSON, or the names of the pipeline's own definitions; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = nameof(Path))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DefinitionFileCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Definition files by their exact paths, in which no character is a wildcard.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = nameof(LiteralPath))]
    [Alias("PSPath", "DefinitionFile")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Return only whether Step Functions would accept the file. Warnings do not count.</summary>
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

    // Of many files, one that cannot be read does not end the others.
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
