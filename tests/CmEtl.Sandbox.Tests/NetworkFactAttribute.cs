namespace CmEtl.Sandbox.Tests;

/// <summary>A test that downloads. It runs only if CMETL_TEST_NETWORK is 1.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = Requirement.Skip(Environment.GetEnvironmentVariable("CMETL_TEST_NETWORK") != "1" ? "Downloads some 25 MB; set CMETL_TEST_NETWORK to 1 to run it." : null);
}
