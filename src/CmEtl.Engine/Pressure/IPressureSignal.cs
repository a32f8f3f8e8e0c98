namespace CmEtl.Engine;

/// <summary>One way in which a run can disturb other sessions.</summary>
internal interface IPressureSignal
{
    /// <summary>The back-off reason as text, or null when there is none.</summary>
    string? Reason(PressureSample before, PressureSample now);
}
