using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// A column that Task 02 reads must be part of a hash, otherwise a change of it would go unnoticed, and in the list of the preflight,
/// otherwise a chunk would be the first to miss it.
/// </summary>
public sealed partial class DeltaColumnTests
{
    [Fact]
    public void Every_column_of_a_visit_that_is_read_is_hashed_and_checked()
    {
        var stage = SqlLibrary.File("task02/stage_2_visit") + SqlLibrary.File("task02/assignments");
        var hashed = SqlLibrary.File("delta/visit_content");
        var read = Visit().Matches(SqlLibrary.File("task02/stage_2_visit")).Select(m => m.Groups[1].Value)
            .Where(c => c.Contains(' ', StringComparison.Ordinal) || c == "Billed")
            .Concat(["Call In GPS Coordinates", "Call Out GPS Coordinates"]).Concat(Keys(stage)).ToHashSet();
        Assert.True(read.Count > 35);
        // The key itself is what the hash is looked up by.
        Assert.DoesNotContain(read, c => c != "Visit Id" && !hashed.Contains($"v.\"{c}\"", StringComparison.Ordinal));
        Assert.Empty(read.Except(Checked("factvisitcallperformance_cr")));
    }

    [Theory]
    [InlineData("dimcaregiver", "c")]
    [InlineData("dimprovider", "pr")]
    [InlineData("dimpatient", "p")]
    [InlineData("dimpatientaddress", "a")]
    [InlineData("dimoffice", "o")]
    [InlineData("dimpayer", "py")]
    [InlineData("dimcontract", "ct")]
    [InlineData("dimservicecode", "sc")]
    [InlineData("dimuser", "u")]
    public void Every_column_of_a_dimension_that_is_read_is_hashed_and_checked(string source, string alias)
    {
        var stage = SqlLibrary.File("task02/stage_2_visit");
        // Further down, the patient's alias denotes the table of the stage itself.
        stage = alias is "p" or "a" ? stage[..stage.IndexOf("AS newest", StringComparison.Ordinal)] : stage;
        var read = Regex.Matches(stage, $"\\b{alias}\\.\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToHashSet();
        var own = SqlLibrary.File("delta/sources").Split("UNION ALL").Single(s => s.Contains($"'{source}'", StringComparison.Ordinal));
        Assert.NotEmpty(read);
        Assert.DoesNotContain(read, c => !own.Contains($"d.\"{c}\"", StringComparison.Ordinal));
        Assert.Empty(read.Except(Checked(source)));
    }

    private static IEnumerable<string> Checked(string table) =>
        Regex.Matches(Regex.Match(SqlLibrary.File("checks/columns"), $@"'{table}', ARRAY\[([^\]]+)\]").Value, "'([^']+)'").Select(m => m.Groups[1].Value);

    private static IEnumerable<string> Keys(string stage) =>
        Regex.Matches(stage, "v\\.\"([A-Z][a-z]+ [^\"]+)\"").Select(m => m.Groups[1].Value);

    [GeneratedRegex("\\bf\\.\"([^\"]+)\"")]
    private static partial Regex Visit();
}
