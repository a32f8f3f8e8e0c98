namespace CmEtl.Report;

/// <summary>A period without work that is left out of the axis.</summary>
/// <param name="From">Start, in units of the axis.</param>
/// <param name="To">End, in units of the axis.</param>
/// <param name="Duration">The duration that is left out.</param>
internal sealed record TimeBreak(double From, double To, TimeSpan Duration);
