namespace CmEtl.Engine;

/// <summary>One way in which a run can disturb other sessions.</summary>
internal interface IPressureSignal
{
    /// <summary>The back-off reason as text, or null if nothing calls for back-off.</summary>
    string? Reason(PressureSample before, PressureSample now);
}
