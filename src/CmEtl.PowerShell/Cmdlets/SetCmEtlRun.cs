using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Changes how a run under way goes on, whichever process leads it. Its processes hear of it within a second.</summary>
[Cmdlet(VerbsCommon.Set, "CmEtlRun", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class SetCmEtlRunCommand : EngineCmdlet
{
    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Chunks that each process of the run works on at the same time from now on: 1 to 100.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    [Alias("ThrottleLimit")]
    public int? MaxConcurrency { get; set; }

    /// <summary>
    /// Begin no chunk from this time on: a time of day such as 06:00, or a date and time. Local time, unless it ends in Z or an offset.
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
                StopAt is null ? "Nothing is to be changed." : $"-StopAt {StopAt} is not a time to come. Nothing was changed.",
                "Give -MaxConcurrency, or -StopAt as a time such as 06:00 or 2026-11-30T06:00Z.") { Subject = nameof(StopAt) };
        }

        if (ShouldProcess($"{RunId ?? "the newest run"}, {Target}", "Change run"))
        {
            WriteObject(Run(cancel => Engine.SetRunAsync(RunId, MaxConcurrency, stopAt, cancel)));
        }
    }
}
