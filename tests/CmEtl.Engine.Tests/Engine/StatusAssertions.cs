namespace CmEtl.Engine.Tests.Engine;

internal static class StatusAssertions
{
    /// <summary>With the reason: a failure on a machine of somebody else's says what was wrong there.</summary>
    public static EtlStatus AssertCompleted(this EtlStatus status)
    {
        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        return status;
    }
}
