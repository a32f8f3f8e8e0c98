using System.Management.Automation;

namespace CmEtl.Tests;

/// <summary>The results of tab completion.</summary>
internal static class Completion
{
    /// <param name="shell">The shell.</param>
    /// <param name="text">The text typed so far.</param>
    public static List<CompletionResult> Tab(this Shell shell, string text) =>
        [.. shell.Run("$text = @($input)[0]; (TabExpansion2 $text $text.Length).CompletionMatches", text).Select(m => (CompletionResult)m.BaseObject)];
}
