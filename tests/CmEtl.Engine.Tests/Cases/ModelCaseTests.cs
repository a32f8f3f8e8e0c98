namespace CmEtl.Engine.Tests.Cases;

/// <summary>Compares the model with the hand-made cases: two independent readings of one specification.</summary>
[Collection(ModelTestGroup.Name)]
public sealed class ModelCaseTests(ModelCaseFixture fixture) : IClassFixture<ModelCaseFixture>
{
    [Theory]
    [MemberData(nameof(CaseCatalog.Names), MemberType = typeof(CaseCatalog))]
    public void Model_agrees_with(string name)
    {
        var item = CaseCatalog.All[name];
        var row = fixture.Expected.Rows[fixture.PairOf(name).Id];
        Assert.Equal(item.Outcome, row.Outcome);
        CaseAssert.Matches(item, row.After);
    }
}
