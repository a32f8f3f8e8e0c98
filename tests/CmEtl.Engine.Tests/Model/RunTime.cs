namespace CmEtl.Engine.Tests.Model;

/// <summary>Stands for the time of the run, which is not known in advance: not null and not before the start of the run.</summary>
public sealed class RunTime
{
    private RunTime()
    {
    }

    public static RunTime Marker { get; } = new();

    public static bool Accepts(object? actual, DateTime runStart) => actual is DateTime moment && moment >= runStart;

    public override string ToString() => "the run's time";
}
