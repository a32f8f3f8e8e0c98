using System.Text.RegularExpressions;

namespace CmEtl.Lambda.Tests;

/// <summary>Searches for values that must never leave the function.</summary>
internal static partial class Secrets
{
    public static void AssertAbsent(DataServer server, IReadOnlyCollection<string> texts)
    {
        AssertNoSsn(server, texts);
        foreach (var text in texts)
        {
            Assert.DoesNotContain(RoleScript.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Sandbox.Host, text, StringComparison.Ordinal);
            Assert.DoesNotMatch($@"\b{Regex.Escape(RoleScript.Worker)}\b", text);
        }
    }

    /// <summary>Counts texts with an SSN without repeating them.</summary>
    public static void AssertNoSsn(DataServer server, IReadOnlyCollection<string> texts)
    {
        var leaks = texts.Select(Plain).Count(text => server.Ssns.Any(ssn => text.Contains(ssn, StringComparison.Ordinal)));
        Assert.True(leaks == 0, $"{leaks} of {texts.Count} texts have an SSN in them.");
    }

    private static string Plain(string text) => Quote().Replace(text.Replace("-", "", StringComparison.Ordinal), "'");

    // Some stored SSNs have a quote among their digits, which JSON escapes once for each level of nesting.
    [GeneratedRegex(@"\\+u0027")]
    private static partial Regex Quote();
}
