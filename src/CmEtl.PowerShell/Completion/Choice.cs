namespace CmEtl.PowerShell;

/// <summary>One value that can be completed.</summary>
/// <param name="Value">The text that is inserted.</param>
/// <param name="Description">The tooltip.</param>
/// <param name="Name">The text that is listed and matched. The default is the value.</param>
internal sealed record Choice(string Value, string Description, string? Name = null);
