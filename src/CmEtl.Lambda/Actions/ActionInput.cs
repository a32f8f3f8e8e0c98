using System.Text.Json;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// An event: an object with <c>action</c> and the fields it takes. A field that no action knows, a value of another type, too much or too
/// deep JSON is refused by name. Values are never repeated in an error: anything may have been put there by mistake.
/// </summary>
internal sealed class ActionInput
{
    private const int Deepest = 8;
    private const int Day = 24;
    private const int MostHours = 365 * Day;
    private static readonly string[] Fields =
    [
        "action", "run_id", "chunk_id", "phase", "new", "input", "target_chunk_size", "redrive_count", "begun_redrive_count", "planned_chunks", "within_hours",
        .. ManifestTarget.Fields,
    ];

    private ActionInput(JsonElement root)
    {
        foreach (var field in root.EnumerateObject())
        {
            if (!Fields.Contains(field.Name))
            {
                throw Refuse(Shown(field.Name), $"is unknown; known are {string.Join(", ", Fields)}");
            }
        }

        Action = Text(root, "action") ?? throw Refuse("action", "is missing");
        Run = Text(root, "run_id");
        if (Run is { } id && !Engine.RunId.IsValid(id))
        {
            throw Refuse("run_id", $"must be {Engine.RunId.Allowed}");
        }

        Chunk = Whole(root, "chunk_id");
        Redriven = (Whole(root, "redrive_count") ?? 0) > (Whole(root, "begun_redrive_count") ?? 0);
        PlannedChunks = Whole(root, "planned_chunks");
        WithinHours = Whole(root, "within_hours") is not { } hours ? Day
            : hours is > 0 and <= MostHours ? hours : throw Refuse("within_hours", $"must be an integer from 1 to {MostHours}");
        Manifest = ManifestTarget.From(Text(root, ManifestTarget.Fields[0]), Text(root, ManifestTarget.Fields[1]));
        New = Flag(root, "new") || (Value(root, "input") is { ValueKind: JsonValueKind.Object } input && Flag(input, "new"));
        TargetChunkSize = Whole(root, "target_chunk_size") is not { } size ? null
            : size > 0 ? size : throw Refuse("target_chunk_size", "must be an integer of 1 or greater");
        Phase = Text(root, "phase")?.ToLowerInvariant() switch
        {
            null or "chunked" => Phase.Chunked,
            "sequential" => Phase.Sequential,
            _ => throw Refuse("phase", "must be sequential or chunked"),
        };
    }

    /// <summary>The time that the function has for it; null without a limit.</summary>
    public ChunkDeadline? Deadline { get; set; }

    /// <summary>Name of the action, not yet looked up.</summary>
    public string Action { get; }

    /// <summary>The run, if named.</summary>
    public string? Run { get; }

    /// <summary>The chunk, if named; 0 is a chunk.</summary>
    public int? Chunk { get; }

    /// <summary>Whether the execution was redriven since it began, or took up again, the run.</summary>
    public bool Redriven { get; }

    /// <summary>The size of the plan when its open chunks were handed out, if told.</summary>
    public int? PlannedChunks { get; }

    /// <summary>How many hours ago the newest run may have ended; 24 when the event does not say.</summary>
    public int WithinHours { get; }

    /// <summary>Where the numbers of the chunks go, if not into the reply.</summary>
    public ManifestTarget? Manifest { get; }

    /// <summary>Rows a chunk should have, where the event says it instead of the settings.</summary>
    public int? TargetChunkSize { get; }

    /// <summary>
    /// Whether to start afresh: asked by <c>new</c>, here or in <c>input</c>, what the execution was started with. Other things in there
    /// are none of ours: a schedule or an event bus may have put them.
    /// </summary>
    public bool New { get; }

    /// <summary>How the window is cut.</summary>
    public Phase Phase { get; }

    /// <summary>The run; throws when the event names none.</summary>
    public string RunId => Run ?? throw Refuse("run_id", "is missing");

    /// <summary>The chunk; throws when the event names none.</summary>
    public int ChunkId => Chunk ?? throw Refuse("chunk_id", "is missing");

    /// <summary>Reads an event; throws <see cref="CmEtlException"/> of kind Permanent that names the field.</summary>
    public static ActionInput Parse(byte[]? json)
    {
        if (json is null)
        {
            throw Refuse("event", $"is larger than {RuntimeClient.LargestEvent / 1024} KiB");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ActionInput(document.RootElement)
                : throw Refuse("event", "must be a JSON object");
        }
        // InvalidOperationException: half a surrogate pair, which is JSON but no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Refuse("event", $"is not JSON, or nested deeper than {Deepest} levels");
        }
    }

    /// <summary>The error of a field.</summary>
    public static CmEtlException Refuse(string field, string problem) => new(
        ErrorKind.Permanent, ErrorIds.InvalidEvent, $"Event field {field} {problem}.", "Correct the event. Nothing was done.") { Subject = field };

    private static string? Text(JsonElement root, string field) => Value(root, field) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Refuse(field, "must be a string");

    private static int? Whole(JsonElement root, string field) => Value(root, field) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number
        : throw Refuse(field, "must be an integer of 0 or greater");

    private static bool Flag(JsonElement root, string field) => Value(root, field) is { } value && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(field, "must be true or false"),
    };

    private static JsonElement? Value(JsonElement root, string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Shown(string name) =>
        name.Length <= 40 && name.All(c => char.IsAsciiLetter(c) || c is '_' or '-') ? name : "with an unusual name";
}
