using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>What the process tells its caller; docs/errors.md has the table.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Configuration = 3;
    public const int Busy = 4;

    /// <summary>128 + SIGINT, as shells expect it.</summary>
    public const int Stopped = 130;

    /// <summary>How a run ended that was no success, by the id of the error.</summary>
    private static readonly Dictionary<string, int> Ends = new()
    {
        ["RunFailed"] = 5,
        ["RunStopped"] = 6,
        ["RunAbandoned"] = 7,
        ["RunUnverified"] = 8,
        ["RunBroken"] = 8,
        ["RunImplausible"] = 9,
        ["RunNotSweepSafe"] = 10,
        ["AnalyticsStale"] = 11,
        ["ExecutionFailed"] = 12,
        ["RunTimedOut"] = 13,
        ["HookFailed"] = 14,
        ["WaitTimeout"] = 15,
    };

    /// <summary>The code of an error.</summary>
    public static int Of(ErrorRecord error) => Ends.TryGetValue(error.FullyQualifiedErrorId.Split(',')[0], out var code) ? code
        // The module's own type: its assembly is in a load context of its own. Of other errors the category says little.
        : error.Exception.GetType().FullName != "CmEtl.Engine.CmEtlException" ? Failure
        : error.CategoryInfo.Category switch
        {
            ErrorCategory.InvalidArgument or ErrorCategory.InvalidData => Configuration,
            ErrorCategory.ResourceBusy => Busy,
            _ => Failure,
        };

    /// <summary>Of two codes the one to report: the first, but the end of a run tells more than any other error.</summary>
    public static int Combine(int first, int second) => first == Success || (first < 5 && second >= 5) ? second : first;
}
