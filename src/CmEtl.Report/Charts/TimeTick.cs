namespace CmEtl.Report;

/// <summary>A mark of the time axis.</summary>
/// <param name="At">Position in units of the axis.</param>
/// <param name="Label">The time of day, UTC.</param>
internal sealed record TimeTick(double At, string Label);
