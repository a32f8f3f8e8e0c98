using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;

namespace CmEtl.Aws.Client;

/// <summary>Serializes the SDK's model types as JSON: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html.</summary>
internal static class ServiceJson
{
    /// <param name="naming">Naming policy of the service. Null keeps the names of the model.</param>
    public static JsonSerializerOptions Options(JsonNamingPolicy? naming) => new()
    {
        PropertyNamingPolicy = naming,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSeconds(), new Constants(), new Blobs() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyTheModel, RefuseNull } },
    };

    // The base classes of requests and responses have members that must not be serialized.
    private static void OnlyTheModel(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.DeclaringType.Namespace == typeof(ConstantClass).Namespace).ToList())
        {
            type.Properties.Remove(property);
        }
    }

    // JsonRequired requires the member, but accepts null. Lists of both services contain no nulls.
    private static void RefuseNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.Set is not null))
        {
            var (name, required, set) = (property.Name, property.IsRequired, property.Set!);
            property.Set = (target, value) => set(target, value switch
            {
                null when required => throw new JsonException($"{name} is null"),
                IList list when list.Contains(null) => throw new JsonException($"{name} has an element that is null"),
                _ => value,
            });
        }
    }

    /// <summary>Seconds since 1970 with a fraction, rounded to milliseconds, because a double is not more precise.</summary>
    private sealed class EpochSeconds : JsonConverter<DateTime>
    {
        private const double Last = 253_402_300_799;

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var text) ? text.UtcDateTime
            : reader.TokenType == JsonTokenType.Number && reader.GetDouble() is >= 0 and <= Last and var seconds
                ? DateTime.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
                : throw new JsonException("a time is not a number of seconds");

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round((value - DateTime.UnixEpoch).TotalMilliseconds) / 1000);
    }

    /// <summary>Converts the SDK's open enumerations. Unknown values are kept.</summary>
    private sealed class Constants : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsSubclassOf(typeof(ConstantClass));

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Constant<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class Constant<T> : JsonConverter<T>
        where T : ConstantClass
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? (T)Activator.CreateInstance(typeof(T), reader.GetString())!
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class Blobs : JsonConverter<MemoryStream>
    {
        public override MemoryStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetBytesFromBase64());

        public override void Write(Utf8JsonWriter writer, MemoryStream value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.ToArray());
    }
}
