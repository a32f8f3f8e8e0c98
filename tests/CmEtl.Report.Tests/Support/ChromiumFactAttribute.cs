namespace CmEtl.Report.Tests;

/// <summary>A test that needs Chromium; see <see cref="Requirement"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Requirement.Skip(Chromium.Missing);
}
