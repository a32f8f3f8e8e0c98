namespace CmEtl.Engine;

/// <summary>
/// Valid run ids, the same as in the ledger's table: names that can also be the name of an execution on Step Functions
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html).
/// </summary>
public static class RunId
{
    /// <summary>The rule in words.</summary>
    public const string Allowed = "1 to 80 letters a to z, digits, _ and -";

    private const int Longest = 80;

    /// <summary>Whether a text is a valid run id.</summary>
    public static bool IsValid(string id) =>
        id is { Length: > 0 and <= Longest } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    internal static string Require(string id) => IsValid(id) ? id : throw new CmEtlException(
        ErrorKind.Configuration, ErrorIds.InvalidRunId, $"The run id {PlainText.Printable(id)} is invalid. It must consist of {Allowed}.",
        "Use the id of an existing run, or one of these characters.") { Subject = "run_id" };
}
