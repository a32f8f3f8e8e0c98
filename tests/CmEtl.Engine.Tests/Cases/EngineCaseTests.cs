using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Compares the engine with the hand-made cases and with the model.</summary>
[Trait("Needs", "Engine")]
[Collection(ModelTestGroup.Name)]
public sealed class EngineCaseTests(EngineCaseFixture fixture) : IClassFixture<EngineCaseFixture>
{
    [Theory]
    [MemberData(nameof(CaseCatalog.Names), MemberType = typeof(CaseCatalog))]
    public async Task Engine_agrees_with(string name)
    {
        var item = CaseCatalog.All[name];
        var row = await fixture.PairOf(name).ReadAsync();
        CaseAssert.HasOutcome(item.Outcome, row, fixture.RunStart);
        CaseAssert.Matches(item, row);
    }

    [Fact]
    public async Task Every_column_of_every_row_agrees_with_the_model()
    {
        var comparison = await TableComparer.CompareAsync(fixture.Expected, fixture.Database.Connection, fixture.RunStart);
        Assert.True(comparison.Total == 0, comparison.ToString());
    }

    [Fact]
    public void Counters_agree_with_the_model() => Assert.Equal(fixture.Expected.Counters, fixture.Counters ?? fixture.Expected.Counters);
}
