namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Kind of a field's value.</summary>
internal enum FieldKind
{
    /// <summary>Any JSON.</summary>
    Any,

    /// <summary>Checked by a separate rule.</summary>
    Special,

    /// <summary>A string.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>An integer of 0 or greater.</summary>
    Count,

    /// <summary>An integer number of seconds from 1 to 99,999,999.</summary>
    Seconds,

    /// <summary>A number from 0 to 100.</summary>
    Percentage,

    /// <summary>A path.</summary>
    Path,

    /// <summary>A path or null.</summary>
    PathOrNull,

    /// <summary>A path or an intrinsic function call.</summary>
    PathOrCall,

    /// <summary>A reference path.</summary>
    Reference,

    /// <summary>A reference path in the state's data, or null.</summary>
    ReferenceOrNull,

    /// <summary>JSON in which members with names that end in .$ are paths or calls. In a JSONata state, JSON with expressions.</summary>
    Template,

    /// <summary>Like <see cref="Template"/>, but must be an object.</summary>
    ObjectTemplate,
}

/// <summary>
/// The fields of states: https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html with its state pages, and the
/// table of https://states-language.net. A field name has the same kind in every state.
/// </summary>
internal static class FieldTable
{
    private static readonly Dictionary<string, FieldKind> Kinds = Table(
        (FieldKind.Any, "Result"),
        (FieldKind.Special, "Type QueryLanguage Next End Resource Retry Catch Choices Default Branches ItemProcessor Iterator Items ItemReader ItemBatcher ResultWriter Credentials Assign Label Seconds Timestamp"),
        (FieldKind.Text, "Comment Error Cause"),
        (FieldKind.Count, "MaxConcurrency ToleratedFailureCount"),
        (FieldKind.Seconds, "TimeoutSeconds HeartbeatSeconds"),
        (FieldKind.Percentage, "ToleratedFailurePercentage"),
        (FieldKind.Path, "ItemsPath"),
        (FieldKind.PathOrNull, "InputPath OutputPath"),
        (FieldKind.PathOrCall, "ErrorPath CausePath"),
        (FieldKind.Reference, "SecondsPath TimestampPath TimeoutSecondsPath HeartbeatSecondsPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath"),
        (FieldKind.ReferenceOrNull, "ResultPath"),
        (FieldKind.Template, "Parameters ItemSelector Arguments Output"),
        (FieldKind.ObjectTemplate, "ResultSelector"));

    private const string Always = "Type Comment QueryLanguage ";
    private const string Paths = "InputPath OutputPath ";

    /// <summary>Fields by state type: for both languages, for JSONPath states, for JSONata states.</summary>
    private static readonly Dictionary<string, (string Both, string JsonPath, string Jsonata)> Types = new()
    {
        ["Pass"] = ("Next End Assign", "Result ResultPath Parameters " + Paths, "Output"),
        ["Task"] = ("Resource Next End Retry Catch TimeoutSeconds HeartbeatSeconds Credentials Assign",
            "Parameters ResultSelector ResultPath TimeoutSecondsPath HeartbeatSecondsPath " + Paths, "Arguments Output"),
        ["Choice"] = ("Choices Default Assign", Paths, "Output"),
        ["Wait"] = ("Seconds Timestamp Next End Assign", "SecondsPath TimestampPath " + Paths, "Output"),
        ["Succeed"] = ("", Paths, "Output"),
        ["Fail"] = ("Error Cause", "ErrorPath CausePath", ""),
        ["Parallel"] = ("Branches Next End Retry Catch Assign", "Parameters ResultSelector ResultPath " + Paths, "Arguments Output"),
        ["Map"] = ("ItemProcessor Iterator ItemReader ItemBatcher ItemSelector ResultWriter MaxConcurrency ToleratedFailureCount ToleratedFailurePercentage Label Next End Retry Catch Assign",
            "ItemsPath Parameters ResultSelector ResultPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath " + Paths, "Items Output"),
    };

    public static IEnumerable<string> TypeNames => Types.Keys;

    public static bool IsType(string type) => Types.ContainsKey(type);

    public static FieldKind Kind(string field) => Kinds[field];

    public static bool Allows(string type, string field, bool jsonata) =>
        Names(Always).Concat(Names(Types[type].Both)).Concat(Names(jsonata ? Types[type].Jsonata : Types[type].JsonPath)).Contains(field);

    private static string[] Names(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Dictionary<string, FieldKind> Table(params (FieldKind Kind, string Fields)[] rows) =>
        rows.SelectMany(r => Names(r.Fields).Select(f => (f, r.Kind))).ToDictionary(p => p.f, p => p.Kind);
}
