namespace CmEtl.Engine;

/// <summary>One finding of the preflight.</summary>
/// <param name="Severity">Severity of the finding.</param>
/// <param name="Check">Name of the check, for example <c>Settings row</c>.</param>
/// <param name="Message">What was found, and where.</param>
/// <param name="Remedy">What to do about it; empty when no action is needed.</param>
public sealed record Finding(FindingSeverity Severity, string Check, string Message, string Remedy);
