using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Compares a row with the expectations of a case.</summary>
public static class CaseAssert
{
    public static void Matches(RuleCase item, Row row)
    {
        var wrong = item.Expected
            .Where(pair => !Equals(Stored(pair.Value), row[pair.Column]))
            .Select(pair =>
            {
                var column = row.Shape.Columns[row.Shape.Ordinal(pair.Column)];
                return $"{pair.Column}: expected {column.Show(Stored(pair.Value))}, actual {column.Show(row[pair.Column])}";
            })
            .ToList();
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>The columns that show the outcome in a stored row.</summary>
    public static void HasOutcome(Outcome outcome, Row row, DateTime runStart)
    {
        Assert.Equal(outcome == Outcome.Confirmed, RunTime.Accepts(row["UpdatedDate"], runStart));
        switch (outcome)
        {
            case Outcome.Confirmed:
                Assert.Null(row["UpdateFlag"]);
                break;
            case Outcome.Unconfirmed or Outcome.Deferred:
                Assert.Equal(new Numeric("1"), row["UpdateFlag"]);
                break;
        }
    }

    private static object? Stored(object? value) => value switch
    {
        int number => Numeric.From(number),
        decimal number => Numeric.From(number),
        _ => value,
    };
}
