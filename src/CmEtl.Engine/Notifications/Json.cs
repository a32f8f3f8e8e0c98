using System.Text.Encodings.Web;
using System.Text.Json;

namespace CmEtl.Engine;

/// <summary>Writes JSON without reflection, which the Lambda function (compiled ahead of time) does not have.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an object as UTF-8.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return text.ToArray();
    }
}
