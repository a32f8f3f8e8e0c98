using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Changes a run in progress, from any process. The processes of the run apply the change within a second.</summary>
[Cmdlet(VerbsCommon.Set, "CmEtlRun", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class SetCmEtlRunCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>New number of chunks that each process of the run works on at the same time: 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [Alias("ThrottleLimit")]
    public int? MaxConcurrency { get; set; }

    /// <summary>
    /// Time after which no chunk begins: a time of day such as 06:00, or a date and time. Local time, unless it ends in Z or an offset.
    /// </summary>
    [Parameter]
    [StopTime]
    public string? StopAt { get; set; }

    private protected override void Process()
    {
        var now = DateTimeOffset.UtcNow;
        var stopAt = StopAt is null ? (DateTimeOffset?)null : StopTime.Next(StopAt, now);
        if ((MaxConcurrency is null && StopAt is null) || (StopAt is not null && !(stopAt > now)))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidSettings,
                StopAt is null ? "No change was specified." : $"-StopAt {StopAt} is not in the future. Nothing was changed.",
                "Give -MaxConcurrency, or -StopAt as a time such as 06:00 or 2026-11-30T06:00Z.") { Subject = nameof(StopAt) };
        }

        if (ShouldProcess($"{RunId ?? "the newest run"}, {Target}", "Change run"))
        {
            WriteObject(Run(cancel => Engine.SetRunAsync(RunId, MaxConcurrency, stopAt, cancel)));
        }
    }
}
