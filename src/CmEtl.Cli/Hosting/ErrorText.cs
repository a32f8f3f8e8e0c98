using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>An error as one readable block: what, which error, what to do.</summary>
internal static class ErrorText
{
    public static string Of(ErrorRecord error)
    {
        var remedy = error.ErrorDetails?.RecommendedAction ?? "";
        var message = error.ErrorDetails?.Message is { Length: > 0 } details ? details : error.Exception.Message;
        if (remedy.Length > 0 && message.EndsWith(remedy, StringComparison.Ordinal))
        {
            message = message[..^remedy.Length].TrimEnd();
        }

        var lines = new List<string> { $"ERROR: {message}", $"  id:   {error.FullyQualifiedErrorId.Split(',')[0]}" };
        if (error.InvocationInfo?.MyCommand?.Name is { Length: > 0 } command)
        {
            lines.Add($"  in:   {command}");
        }

        if (remedy.Length > 0)
        {
            lines.Add($"  next: {remedy}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>Text that a native program wrote to its standard error; a failure shows in its exit code.</summary>
    public static bool IsNativeOutput(ErrorRecord error) =>
        error.FullyQualifiedErrorId.StartsWith("NativeCommandError", StringComparison.Ordinal);
}
