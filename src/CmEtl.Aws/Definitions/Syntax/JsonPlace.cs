using System.Text.Json;

namespace CmEtl.Aws.Definitions.Syntax;

/// <summary>Finds the line of each JSONPath in a JSON text, and names that occur twice in an object.</summary>
internal sealed class JsonPlace
{
    private readonly Dictionary<string, int> _lines = [];

    /// <param name="text">JSON that a parser has accepted.</param>
    /// <param name="depth">Maximum nesting depth.</param>
    public JsonPlace(byte[] text, int depth)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = depth });
        // For each open object or array: its path, the names read so far, and the next index.
        var open = new Stack<Frame>();
        var (line, position) = (1, 0L);
        string? name = null;
        while (reader.Read())
        {
            for (; position < reader.TokenStartIndex; position++)
            {
                line += text[position] == '\n' ? 1 : 0;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    var path = Member(open.Peek().Path, name);
                    if (!open.Peek().Names.Add(name))
                    {
                        Repeated.Add((name, path, line));
                    }

                    _lines[path] = line;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    name = null;
                    break;
                default:
                    var place = open.Count == 0 ? "$" : name is not null ? Member(open.Peek().Path, name)
                        : Item(open.Peek().Path, open.Peek().Next++);
                    _lines.TryAdd(place, line);
                    name = null;
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        open.Push(new Frame(place));
                    }

                    break;
            }
        }
    }

    /// <summary>Names that occur more than once in an object.</summary>
    public List<(string Name, string Path, int Line)> Repeated { get; } = [];

    /// <summary>The line of a path. Null if the text does not have the path.</summary>
    public int? Line(string path) => _lines.TryGetValue(path, out var line) ? line : null;

    public static string Member(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
            ? $"{path}.{name}"
            : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";

    public static string Item(string path, int index) => $"{path}[{index}]";

    private sealed class Frame(string path)
    {
        public string Path { get; } = path;

        public HashSet<string> Names { get; } = [];

        public int Next { get; set; }
    }
}
