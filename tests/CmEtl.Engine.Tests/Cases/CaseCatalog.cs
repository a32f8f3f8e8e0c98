namespace CmEtl.Engine.Tests.Cases;

/// <summary>All border cases by name.</summary>
public static class CaseCatalog
{
    public static IReadOnlyDictionary<string, RuleCase> All { get; } = new[]
    {
        ScheduleCases.All, ActualCases.All, DistanceCases.All, GpsCases.All, AddressCases.All,
        MergeCases.All, FilterCases.All, WidthCases.All, ColumnCases.All, UnusableCases.All,
    }.SelectMany(cases => cases).ToDictionary(item => item.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. All.Keys];
}
