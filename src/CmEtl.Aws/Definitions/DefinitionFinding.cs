namespace CmEtl.Aws.Definitions;

/// <summary>Something wrong with a definition.</summary>
/// <param name="State">The state, or empty for the whole.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record DefinitionFinding(string State, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => State.Length == 0 ? Message : $"{State}: {Message}";
}
