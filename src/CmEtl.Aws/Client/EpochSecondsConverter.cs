using System.Text.Json;
using System.Text.Json.Serialization;

namespace CmEtl.Aws;

/// <summary>Times of AWS JSON: seconds since 1970 with a fraction, https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html.</summary>
internal sealed class EpochSecondsConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? DateTimeOffset.Parse(reader.GetString()!, null) : FromSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000.0);

    /// <summary>Whole milliseconds: a double has no more at this distance from 1970 that would be true.</summary>
    private static DateTimeOffset FromSeconds(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
}
