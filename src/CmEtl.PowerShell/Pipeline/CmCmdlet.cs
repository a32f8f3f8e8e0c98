using System.Collections;
using System.Globalization;
using System.Management.Automation;
using CmEtl.Aws;
using CmEtl.Engine;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>Base of all cmdlets: asynchronous work that Ctrl-C cancels, and errors with stable ids.</summary>
public abstract class CmCmdlet : PSCmdlet, IDisposable
{
    private static readonly string[] Tags = [StreamLoggers.Tag];

    private readonly CancellationTokenSource _stop = new();
    private readonly Pump _pump;

    private protected CmCmdlet()
    {
        _pump = new Pump(_stop);
    }

    private protected Pump Pump => _pump;

    /// <summary>Target of an error that has no target itself.</summary>
    private protected virtual object Subject => MyInvocation.MyCommand.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump.Close();
        if (_pump.Work.IsCompleted)
        {
            Release();
        }
        else
        {
            Leftovers.Add(_pump.Work, Release);
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Process();
        }
        catch (CmEtlException e)
        {
            Fail(e);
        }
        catch (Exception e) when (e is not (PipelineStoppedException or OperationCanceledException) && AwsErrors.Translate(e) is { } known)
        {
            Fail(known);
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _pump.Stop();

    /// <summary>Releases what a derived cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Writes records as <see cref="PlainRecord"/> makes them.</summary>
    private protected new void WriteObject(object? value, bool enumerateCollection = false) => base.WriteObject(
        enumerateCollection && value is IEnumerable all and not string ? all.Cast<object?>().Select(PlainRecord.Of) : PlainRecord.Of(value),
        enumerateCollection);

    private protected abstract void Process();

    private protected virtual void Fail(CmEtlException error) => ThrowTerminatingError(error.ToErrorRecord(Subject));

    /// <summary>Loggers that write to this cmdlet's streams.</summary>
    private protected StreamLoggers Loggers() => new(Log);

    /// <summary>Writes a line of the log. Called from any thread.</summary>
    private protected virtual void Log(LogLevel level, string line) => _pump.Post(level switch
    {
        LogLevel.Debug => () => WriteVerbose(line),
        LogLevel.Information => () => WriteInformation(line, Tags),
        _ => () => WriteWarning(line),
    });

    private protected T Run<T>(Func<CancellationToken, Task<T>> work) => _pump.Run(work);

    /// <summary>Runs work that is usually short. If it takes longer, the progress shows the step.</summary>
    private protected T Run<T>(string step, Func<CancellationToken, Task<T>> work)
    {
        using var progress = new StepProgress(_pump, this, MyInvocation.MyCommand.Name);
        progress.Begin(step);
        return _pump.Run(work);
    }

    /// <summary>Calls ShouldProcess. <paramref name="whatIf"/> distinguishes -WhatIf from a user's "no".</summary>
    private protected bool MayProcess(string target, string action, out bool whatIf, string? more = null)
    {
        var may = ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".{(more is null ? "" : $" {more}")}", $"{action}: {target}?", action, out var reason);
        whatIf = reason == ShouldProcessReason.WhatIf;
        return may;
    }

    /// <summary>Whether -WhatIf is in effect.</summary>
    private protected bool IsDryRun => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? ((SwitchParameter)given).IsPresent
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>
    /// Asks before work is discarded. -Confirm:$false, or a $ConfirmPreference of None, means yes. A shell that cannot
    /// ask requires one of these.
    /// </summary>
    private protected bool MayDiscard(string consequence)
    {
        if (MyInvocation.BoundParameters.TryGetValue("Confirm", out var given)
            ? !((SwitchParameter)given).IsPresent
            : "None".Equals(GetVariableValue("ConfirmPreference")?.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            return ShouldContinue($"{consequence} Continue?", "Confirm");
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.ConfirmationNeeded, $"{consequence} This shell cannot ask for confirmation. Nothing was changed.",
                "Add -Confirm:$false to continue without confirmation, or -WhatIf to preview the effect.");
        }
    }

    private protected string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(path));
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidPath, $"The path cannot be used: {error.Message.TrimEnd('.')}.",
                "Give the path of a file or a folder.") { Subject = path };
        }
    }

    /// <summary>A hashtable's entries as text; a null value stays null.</summary>
    private protected static Dictionary<string, string?> Texts(Hashtable? table) =>
        table?.Cast<DictionaryEntry>().GroupBy(e => Text(e.Key)!, e => Text(e.Value))
            .ToDictionary(g => g.Key, g => g.Count() == 1 ? g.Single()
            : throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.NameTwice, $"The name {PlainText.Printable(g.Key)} is given twice.", "Give it once.") { Subject = g.Key }) ?? [];

    private static string? Text(object? value) =>
        Convert.ToString(value is PSObject shell ? shell.BaseObject : value, CultureInfo.InvariantCulture) is { } text
        && value is not null ? text : null;

    private void Release()
    {
        Dispose(true);
        _stop.Dispose();
    }
}
