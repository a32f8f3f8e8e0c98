namespace CmEtl.Report.Tests;

/// <summary>A test that needs Chromium; skipped by name where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.Missing;
}
