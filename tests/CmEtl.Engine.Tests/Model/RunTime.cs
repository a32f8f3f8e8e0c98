namespace CmEtl.Engine.Tests.Model;

/// <summary>Stands for the clock of the run that nobody can know beforehand: not null and not before the run's start.</summary>
public sealed class RunTime
{
    private RunTime()
    {
    }

    public static RunTime Marker { get; } = new();

    public static bool Accepts(object? actual, DateTime runStart) => actual is DateTime moment && moment >= runStart;

    public override string ToString() => "the run's time";
}
