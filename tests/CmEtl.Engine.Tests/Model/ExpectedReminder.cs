namespace CmEtl.Engine.Tests.Model;

/// <summary>A reminder row after Task 01; a new one has no ID yet and the run's time.</summary>
public sealed record ExpectedReminder(string? Id, string? PayerId, string? ProviderId, IReadOnlyDictionary<string, object?> Values);
