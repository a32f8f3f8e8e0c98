using System.Management.Automation;
using CmEtl.Aws;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>What all cmdlets share: asynchronous work that Ctrl-C ends, and errors with stable ids.</summary>
public abstract class CmCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Pump _pump;

    private protected CmCmdlet()
    {
        _pump = new Pump(_stop);
    }

    private protected Pump Pump => _pump;

    /// <summary>What an error is about that names nothing itself.</summary>
    private protected virtual object Subject => MyInvocation.MyCommand.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump.Close();
        Dispose(true);
        _stop.Dispose();
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
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Releases what a derived cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private protected abstract void Process();

    private protected virtual void Fail(CmEtlException error) => ThrowTerminatingError(error.ToErrorRecord(Subject));

    private protected T Run<T>(Func<CancellationToken, Task<T>> work) => _pump.Run(work);

    /// <summary>Asks for permission; <paramref name="whatIf"/> tells a dry run from a user's "no".</summary>
    private protected bool MayProcess(string target, string action, out bool whatIf)
    {
        var may = ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".", $"{action}: {target}?", action, out var reason);
        whatIf = reason == ShouldProcessReason.WhatIf;
        return may;
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
}
