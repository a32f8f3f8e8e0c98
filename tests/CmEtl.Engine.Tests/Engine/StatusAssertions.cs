namespace CmEtl.Engine.Tests.Engine;

internal static class StatusAssertions
{
    /// <summary>Compares the reason too, so that a failure on another machine can be understood.</summary>
    public static EtlStatus AssertCompleted(this EtlStatus status)
    {
        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        return status;
    }
}
