using System.Text.RegularExpressions;

namespace CmEtl.Lambda.Tests;

/// <summary>Looks for what must never leave the function.</summary>
internal static class Secrets
{
    public static void AssertAbsent(DataServer server, IReadOnlyCollection<string> texts)
    {
        var sandbox = server.Sandbox;
        foreach (var text in texts)
        {
            Assert.DoesNotContain(server.Ssns, ssn => text.Contains(ssn, StringComparison.Ordinal));
            Assert.DoesNotContain(sandbox.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(sandbox.Host, text, StringComparison.Ordinal);
            Assert.DoesNotMatch($@"\b{Regex.Escape(sandbox.User)}\b", text);
        }
    }
}
