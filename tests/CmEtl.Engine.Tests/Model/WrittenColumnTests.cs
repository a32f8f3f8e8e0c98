namespace CmEtl.Engine.Tests.Model;

public sealed class WrittenColumnTests
{
    [Fact]
    public void There_are_199_without_the_identity()
    {
        var targets = WrittenColumn.All.Select(column => column.Target).ToList();
        Assert.Equal(199, targets.Count);
        Assert.Equal(199, targets.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("ID", targets);
        Assert.DoesNotContain("CONFLICTID", targets);
        Assert.DoesNotContain("VisitID", targets);
        Assert.DoesNotContain("ConVisitID", targets);
    }

    [Fact]
    public void Second_side_mirrors_the_first()
    {
        var first = WrittenColumn.All.Where(column => column.Side == "1").ToDictionary(column => column.Target, StringComparer.Ordinal);
        var second = WrittenColumn.All.Where(column => column.Side == "2").ToList();
        Assert.All(second, column =>
        {
            var twin = first[column.Target["Con".Length..]];
            Assert.Equal((twin.Source, twin.Column), (column.Source, column.Column));
            first.Remove(twin.Target);
        });
        Assert.Equal(["SSN", "VisitDate"], first.Keys.Order(StringComparer.Ordinal));
    }
}
