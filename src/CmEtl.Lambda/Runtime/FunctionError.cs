using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>An error as Lambda returns it to callers. Step Functions compares <paramref name="ErrorType"/> in Retry and Catch.</summary>
/// <param name="ErrorType"><c>CmEtl.</c> and the end of the run or the <see cref="ErrorKind"/>.</param>
/// <param name="ErrorMessage">What happened and what to do next.</param>
internal sealed record FunctionError(string ErrorType, string ErrorMessage)
{
    /// <summary>Ends of a run that a state machine can distinguish by name. A retry does not change any of them.</summary>
    private static readonly Dictionary<string, string> Types = new()
    {
        [ErrorIds.AnalyticsStale] = "CmEtl.Stale",
        [ErrorIds.RunAbandoned] = "CmEtl.Abandoned",
        [ErrorIds.RunImplausible] = "CmEtl.Implausible",
        [ErrorIds.RunNotSweepSafe] = "CmEtl.NotSweepSafe",
        [ErrorIds.RunStopped] = "CmEtl.Stopped",
        [ErrorIds.RunTimedOut] = "CmEtl.Stopped",
        [ErrorIds.RunUnverified] = "CmEtl.Unverified",
    };

    private static readonly HostCommands Commands = new(typeof(FunctionError).Assembly.GetManifestResourceStream("Commands.csv")!);

    /// <summary>Other exceptions than our own are defects. Their text could quote a value, so it is not returned.</summary>
    public static FunctionError From(Exception error) => error is CmEtlException ours
        ? new FunctionError(Types.GetValueOrDefault(ours.ErrorId, $"CmEtl.{ours.Kind}"), $"{ours.Message} {Commands.Remedy(ours)}".TrimEnd())
        : new FunctionError("CmEtl.Permanent", $"Unexpected {error.GetType().Name}. This is a defect of the function. The log has the location.");
}
