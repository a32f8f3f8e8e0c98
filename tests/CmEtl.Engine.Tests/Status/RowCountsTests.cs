using System.Reflection;

namespace CmEtl.Engine.Tests.Status;

/// <summary>A count that is missing in one of the lists of RowCounts would be lost between the ledger and the caller.</summary>
public sealed class RowCountsTests
{
    private static readonly PropertyInfo[] Counts =
        [.. typeof(RowCounts).GetProperties().Where(p => p.PropertyType == typeof(long))];

    [Fact]
    public void Every_count_is_added_and_has_a_column_of_its_own()
    {
        var one = new ChunkResult { RunId = "night-1", ChunkId = 7 };
        foreach (var (place, count) in Counts.Index())
        {
            count.SetValue(one, 1L << place);
        }

        var sum = RowCounts.Add(one, one);

        Assert.Equal(Counts.Select((_, place) => 2L << place), Counts.Select(c => (long)c.GetValue(sum)!));
        Assert.Equal(Counts.Select((_, place) => 1L << place).Order(), one.ToColumns().Values.Order());
    }
}
