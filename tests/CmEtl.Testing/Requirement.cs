namespace CmEtl.Testing;

/// <summary>A program that a test needs. A test that cannot run is skipped on a developer's machine, but runs and fails in CI.</summary>
public static class Requirement
{
    /// <summary>Whether the tests run in CI, where no test is skipped because of a missing program.</summary>
    public static bool InCi { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The reason to skip a test, or null to run it.</summary>
    /// <param name="missing">What is missing; null when nothing is.</param>
    public static string? Skip(string? missing) => InCi ? null : missing;
}
