namespace CmEtl.Testing;

/// <summary>
/// What a test needs of the machine. A test that cannot run is skipped on a developer's machine; in CI it runs, and fails.
/// </summary>
public static class Requirement
{
    /// <summary>Whether the tests run in CI, where nothing is skipped for want of a program.</summary>
    public static bool InCi { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The reason to skip a test, or null to run it.</summary>
    /// <param name="missing">What is missing; null when everything is there.</param>
    public static string? Skip(string? missing) => InCi ? null : missing;
}
