using System.Text.Json;

namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>A value of the document and its path.</summary>
/// <param name="Value">The value.</param>
/// <param name="Path">JSONPath of the value.</param>
internal readonly record struct AslNode(JsonElement Value, string Path)
{
    public JsonValueKind Kind => Value.ValueKind;

    public bool IsObject => Kind == JsonValueKind.Object;

    /// <summary>The text of a string. Null for other kinds.</summary>
    public string? Text => Kind == JsonValueKind.String ? Value.GetString() : null;

    /// <summary>The value of a number. Null for other kinds.</summary>
    public double? Number => Kind == JsonValueKind.Number && Value.TryGetDouble(out var number) ? number : null;

    /// <summary>A member of an object. Null if it does not exist, or if this is not an object.</summary>
    public AslNode? this[string name] =>
        IsObject && Value.TryGetProperty(name, out var member) ? new AslNode(member, JsonPlace.Member(Path, name)) : null;

    public bool Has(string name) => IsObject && Value.TryGetProperty(name, out _);

    /// <summary>The members of an object. Empty for other kinds.</summary>
    public IEnumerable<(string Name, AslNode Node)> Members()
    {
        if (!IsObject)
        {
            yield break;
        }

        foreach (var member in Value.EnumerateObject())
        {
            yield return (member.Name, new AslNode(member.Value, JsonPlace.Member(Path, member.Name)));
        }
    }

    /// <summary>The items of an array. Empty for other kinds.</summary>
    public IEnumerable<AslNode> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in Value.EnumerateArray())
        {
            yield return new AslNode(item, JsonPlace.Item(Path, index++));
        }
    }
}
