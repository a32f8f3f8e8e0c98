using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>What the Tab key offers.</summary>
internal static class Completion
{
    /// <param name="shell">Where somebody types.</param>
    /// <param name="text">What was typed so far.</param>
    public static List<CompletionResult> Tab(this Shell shell, string text) =>
        [.. shell.Run("$text = @($input)[0]; (TabExpansion2 $text $text.Length).CompletionMatches", text).Select(m => (CompletionResult)m.BaseObject)];
}
