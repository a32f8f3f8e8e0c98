namespace CmEtl.Report;

/// <summary>A time without work that is cut out of the axis.</summary>
/// <param name="From">Where it begins, on the axis.</param>
/// <param name="To">Where it ends, on the axis.</param>
/// <param name="Duration">What is cut out.</param>
internal sealed record TimeBreak(double From, double To, TimeSpan Duration);
