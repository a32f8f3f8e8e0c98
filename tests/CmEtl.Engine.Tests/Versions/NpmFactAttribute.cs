namespace CmEtl.Engine.Tests.Versions;

/// <summary>A test that gets PostgreSQL through npm. Without npm it is skipped, but not in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute() => Skip = Npm.Missing;
}

/// <inheritdoc cref="NpmFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmTheoryAttribute : TheoryAttribute
{
    public NpmTheoryAttribute() => Skip = Npm.Missing;
}

internal static class Npm
{
    public static string? Missing { get; } =
        Environment.GetEnvironmentVariable("CI") == "true"
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")))
            ? null
            : "npm is not installed; it carries PostgreSQL 14 and 18.";
}
