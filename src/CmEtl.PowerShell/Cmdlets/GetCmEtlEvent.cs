using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Returns the events of a run, oldest first: starts, stops, retries, faults, resets and approvals, with the reason.</summary>
[Cmdlet(VerbsCommon.Get, "CmEtlEvent")]
[OutputType(typeof(EtlEvent))]
public sealed class GetCmEtlEventCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run, or every run if -Since is given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Returns only events of these chunks, by number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChunkIdCompleter))]
    public int[]? ChunkId { get; set; }

    /// <summary>Returns only events of these kinds, such as 'chunk failed' or 'run *'. Wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Kind { get; set; }

    /// <summary>Returns only events at or after this time. A time without a zone is local time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Continues with new events until the run has ended or you press Ctrl-C. The run is not affected.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    private protected override void Process()
    {
        var query = new EventQuery { RunId = RunId, ChunkIds = ChunkId ?? [], Since = Since };
        if (Follow)
        {
            Run(cancel => Engine.FollowEventsAsync(query, e => Pump.Post(() => Write(e)), cancel));
            return;
        }

        foreach (var written in Run("Reading events", cancel => Engine.GetEventsAsync(query, cancel)))
        {
            Write(written);
        }
    }

    private void Write(EtlEvent written)
    {
        if (Kind is null || Kind.Any(k => new WildcardPattern(k, WildcardOptions.IgnoreCase).IsMatch(written.Kind)))
        {
            WriteObject(written);
        }
    }
}
