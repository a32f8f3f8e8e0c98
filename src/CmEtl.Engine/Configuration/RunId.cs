namespace CmEtl.Engine;

/// <summary>
/// What a run may be called, as the ledger's table has it too: a name that every execution on Step Functions may have
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
/// </summary>
public static class RunId
{
    /// <summary>The rule in words.</summary>
    public const string Allowed = "1 to 80 letters a to z, digits, _ and -";

    private const int Longest = 80;

    /// <summary>Whether a run may be called so.</summary>
    public static bool IsValid(string id) =>
        id is { Length: > 0 and <= Longest } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    internal static string Require(string id) => IsValid(id) ? id : throw new CmEtlException(
        ErrorKind.Configuration, ErrorIds.InvalidRunId, $"The run id {PlainText.Printable(id)} cannot be one: allowed are {Allowed}.",
        "Get-CmEtlStatus -Last 10 lists the runs there are.") { Subject = "run_id" };
}
