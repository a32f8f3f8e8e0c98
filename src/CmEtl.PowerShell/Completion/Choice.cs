namespace CmEtl.PowerShell;

/// <summary>One value that can be completed.</summary>
/// <param name="Value">What is inserted.</param>
/// <param name="Description">What is said of it.</param>
/// <param name="Name">What is listed and can be typed for it instead; the value itself by default.</param>
internal sealed record Choice(string Value, string Description, string? Name = null);
