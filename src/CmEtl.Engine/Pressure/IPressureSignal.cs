namespace CmEtl.Engine;

/// <summary>One way in which a run can be too much for others.</summary>
internal interface IPressureSignal
{
    /// <summary>Why the run should back off, for people; null when it need not.</summary>
    string? Reason(PressureSample before, PressureSample now);
}
