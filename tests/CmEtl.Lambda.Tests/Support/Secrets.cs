using System.Text.RegularExpressions;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Lambda.Tests;

/// <summary>Looks for what must never leave the function.</summary>
internal static class Secrets
{
    public static void AssertAbsent(DataServer server, IReadOnlyCollection<string> texts)
    {
        foreach (var text in texts)
        {
            Assert.DoesNotContain(server.Ssns, ssn => text.Contains(ssn, StringComparison.Ordinal));
            Assert.DoesNotContain(RoleScript.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Sandbox.Host, text, StringComparison.Ordinal);
            Assert.DoesNotMatch($@"\b{Regex.Escape(RoleScript.Worker)}\b", text);
        }
    }
}
