using System.Collections;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CmEtl.Cli;

/// <summary>One object as it is, several as an array, as ConvertTo-Json does; enumerations by name.</summary>
internal sealed class JsonWriter(TextWriter output) : IObjectWriter
{
    private const int MaxDepth = 5;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonArray _all = [];

    public void Write(PSObject value) => _all.Add(Node(value, 0));

    public void End()
    {
        if (_all.Count > 0)
        {
            output.WriteLine(_all.Count == 1 ? _all[0]?.ToJsonString(Options) ?? "null" : _all.ToJsonString(Options));
        }
    }

    private static JsonNode? Node(object? value, int depth) => Properties.Bare(value) switch
    {
        null => null,
        PSObject custom => Node(Properties.Of(custom), depth),
        bool flag => JsonValue.Create(flag),
        byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(Properties.Bare(value), null)),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        float number when float.IsFinite(number) => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        string or IFormattable or Uri => JsonValue.Create(Properties.Text(value)),
        _ when depth >= MaxDepth => JsonValue.Create(Properties.Text(value)),
        IDictionary map => Node(map.Cast<DictionaryEntry>().Select(e => (Properties.Text(e.Key), e.Value)), depth),
        IEnumerable many => new JsonArray([.. many.Cast<object?>().Select(v => Node(v, depth + 1))]),
        _ => Node(Properties.Of(PSObject.AsPSObject(value)), depth),
    };

    private static JsonObject Node(IEnumerable<(string Name, object? Value)> properties, int depth)
    {
        var node = new JsonObject();
        foreach (var (name, value) in properties)
        {
            node[name] = Node(value, depth + 1);
        }

        return node;
    }
}
