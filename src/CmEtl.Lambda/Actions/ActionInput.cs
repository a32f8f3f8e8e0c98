using System.Text.Json;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// An event: an object with <c>action</c> and its fields. Unknown fields, values of the wrong type, and JSON that is too large or too
/// deeply nested are refused, and the error names the field. Errors never show values, because these could be sensitive by mistake.
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

    /// <summary>The time that the function has for the event. Null without a limit.</summary>
    public ChunkDeadline? Deadline { get; set; }

    /// <summary>Name of the action, not validated yet.</summary>
    public string Action { get; }

    /// <summary>Id of the run, or null.</summary>
    public string? Run { get; }

    /// <summary>Number of the chunk, or null. 0 is a valid number.</summary>
    public int? Chunk { get; }

    /// <summary>Whether the execution was redriven after it started or resumed the run.</summary>
    public bool Redriven { get; }

    /// <summary>Number of chunks in the plan when the unfinished chunks were handed out, or null.</summary>
    public int? PlannedChunks { get; }

    /// <summary>Maximum age of the newest run in hours. The default is 24.</summary>
    public int WithinHours { get; }

    /// <summary>Target of the manifest. Null if the chunk numbers are part of the reply.</summary>
    public ManifestTarget? Manifest { get; }

    /// <summary>Target number of rows per chunk, which overrides the setting. Null if the event does not have it.</summary>
    public int? TargetChunkSize { get; }

    /// <summary>
    /// Whether to start a new run: <c>new</c> in the event or in <c>input</c>, which is the input of the execution. Other members of
    /// <c>input</c> are ignored, because they can come from a schedule or an event bus.
    /// </summary>
    public bool New { get; }

    /// <summary>How the window is split.</summary>
    public Phase Phase { get; }

    /// <summary>Id of the run. Throws if the event does not have it.</summary>
    public string RunId => Run ?? throw Refuse("run_id", "is missing");

    /// <summary>Number of the chunk. Throws if the event does not have it.</summary>
    public int ChunkId => Chunk ?? throw Refuse("chunk_id", "is missing");

    /// <summary>Reads an event. Throws <see cref="CmEtlException"/> of kind Permanent that names an invalid field.</summary>
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
        // InvalidOperationException: an incomplete surrogate pair, which is valid JSON but not valid text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Refuse("event", $"is not JSON, or nested deeper than {Deepest} levels");
        }
    }

    /// <summary>Creates the error for a field.</summary>
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
