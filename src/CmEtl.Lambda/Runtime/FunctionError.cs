using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>An error as Lambda hands it to callers; Step Functions compares <paramref name="ErrorType"/> in Retry and Catch.</summary>
/// <param name="ErrorType"><c>CmEtl.</c> and the <see cref="ErrorKind"/>.</param>
/// <param name="ErrorMessage">What happened and what to do next.</param>
internal sealed record FunctionError(string ErrorType, string ErrorMessage)
{
    /// <summary>Anything but our own exceptions is a bug or unknown; its text could quote a value and stays here.</summary>
    public static FunctionError From(Exception error) => error is CmEtlException ours
        ? new FunctionError($"CmEtl.{ours.Kind}", $"{ours.Message} {ours.Remedy}".TrimEnd())
        : new FunctionError("CmEtl.Permanent", $"Unexpected {error.GetType().Name}. This is a defect of the function; its log has the place.");
}
