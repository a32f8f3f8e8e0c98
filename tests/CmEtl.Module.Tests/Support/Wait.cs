namespace CmEtl.Tests;

/// <summary>Waits for a state of the database instead of a time.</summary>
internal static class Wait
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Waits until a condition holds in the database.</summary>
    public static void Until(SandboxFixture sandbox, string condition) => Assert.True(
        SpinWait.SpinUntil(() => Holds(sandbox, condition), Longest), $"Not true within {Longest.TotalSeconds} s: {condition}");

    private static bool Holds(SandboxFixture sandbox, string condition)
    {
        Thread.Sleep(50);
        return sandbox.Sql.Scalar($"SELECT {condition}") == "True";
    }
}
