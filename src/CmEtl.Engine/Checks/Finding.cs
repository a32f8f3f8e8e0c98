namespace CmEtl.Engine;

/// <summary>One result of the preflight.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Check">Name of the check, e.g. <c>Settings row</c>.</param>
/// <param name="Message">What was found, and where.</param>
/// <param name="Remedy">What to do about it; empty when there is nothing to do.</param>
public sealed record Finding(FindingSeverity Severity, string Check, string Message, string Remedy);
