namespace CmEtl.Engine.Tests.Cases;

/// <summary>The flag columns in the order of the rules.</summary>
public static class Rules
{
    public static IReadOnlyList<string> Flags { get; } =
    [
        "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag", "SchOverAnotherSchTimeFlag",
        "VisitTimeOverAnotherVisitTimeFlag", "SchTimeOverVisitTimeFlag", "DistanceFlag",
    ];

    /// <summary>Exactly these rules hold, for a row whose flags were all N.</summary>
    public static (string Column, object? Value)[] Only(params int[] rules) =>
        [.. Flags.Select((flag, i) => (flag, (object?)(rules.Contains(i + 1) ? "Y" : "N")))];
}
