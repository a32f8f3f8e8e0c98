namespace CmEtl.Engine.Tests.Model;

/// <summary>A reminder row after Task 01. A new one has no ID yet, and the time of the run.</summary>
public sealed record ExpectedReminder(string? Id, string? PayerId, string? ProviderId, IReadOnlyDictionary<string, object?> Values);
