using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// A condition that several statements need is one file of sql/parts. The queries of sql/status are for use in psql and contain copies,
/// which are compared here.
/// </summary>
public sealed partial class SqlPartTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "sql");

    [Fact]
    public void The_bounds_of_a_chunk_mean_the_same_as_parameters_and_in_the_ledger()
    {
        var parameters = Parameter().Replace(Part("in_range").Replace(":in_key_range", Part("in_key_range"), StringComparison.Ordinal)
            .Replace(":'scan_from'", ":'from_date'", StringComparison.Ordinal).Replace(":'scan_to'", ":'to_date'", StringComparison.Ordinal), "k.$1");

        Assert.Equal(
            Plain(Part("in_range_of_chunk")),
            Plain(parameters).Replace("((c.", "(c.", StringComparison.Ordinal).Replace("to_id))", "to_id)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stuck_chunks", "in_range_of_chunk", "v", "b")]
    [InlineData("check_processing_status", "in_range_of_chunk", "c", "b")]
    [InlineData("check_processing_status", "eligible", "c", "b")]
    public void A_query_for_psql_states_the_same(string query, string part, string pair, string chunk)
    {
        var stated = Plain(Part(part)).Replace("c.", pair + ".", StringComparison.Ordinal).Replace("k.", chunk + ".", StringComparison.Ordinal);

        Assert.Contains(stated, Plain(File.ReadAllText(Path.Combine(Folder, "status", query + ".sql"))), StringComparison.Ordinal);
    }

    [Fact]
    public void No_other_statement_states_a_part_in_its_own_words()
    {
        string[] marks = ["COLLATE \"C\", c.\"ID\") >=", "\"ConPTOEndDate\") = 0", "'lookback_years'", "'max_connections'", "'advisory'",
            "tableoid::text ||", "o.lease_until <"];
        var files = Directory.EnumerateFiles(Folder, "*.sql", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f))
            .Where(f => !f.StartsWith("status", StringComparison.Ordinal) && !f.StartsWith("parts", StringComparison.Ordinal));

        Assert.All(files,
            f => Assert.DoesNotContain(marks, m => File.ReadAllText(Path.Combine(Folder, f)).Contains(m, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("delta/sources", @"FROM :""analytics""\.(dim\w+)")]
    [InlineData("delta/visit_touched", @"'(dim\w+)'", "dimpatientaddress")] // visits name addresses by the patient
    [InlineData("task02/stage_2_visit", @":""analytics""\.(dim\w+)")]
    [InlineData("checks/columns", @"'analytics', '(dim\w+)'")]
    [InlineData("checks/relations", @"'analytics', '(dim\w+)'")]
    [InlineData("indexes/recommended", @":'analytics', '(dim\w+)'")]
    [InlineData("roles/worker_analytics", @"\.(dim\w+)")]
    public void A_statement_that_says_something_of_each_dimension_has_all_of_them(string file, string mark, string? without = null)
    {
        // Task 01 alone reads dimpayerprovider.
        var found = Regex.Matches(File.ReadAllText(Path.Combine(Folder, file + ".sql")), mark).Select(m => m.Groups[1].Value).Distinct();

        Assert.Equal(TableLocks.Dimensions.Where(d => d != without), found.Except(["dimpayerprovider"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Psql_gets_every_part()
    {
        var set = File.ReadAllLines(Path.Combine(Folder, "parts", "set.psql"));

        Assert.All(Directory.GetFiles(Path.Combine(Folder, "parts"), "*.sql").Select(f => Path.GetFileNameWithoutExtension(f)),
            name => Assert.Contains($"\\set {name} `cat sql/parts/{name}.sql`", set));
    }

    private static string Part(string name) => string.Join('\n',
        File.ReadLines(Path.Combine(Folder, "parts", name + ".sql")).Where(l => !l.StartsWith("--", StringComparison.Ordinal)));

    private static string Plain(string text) => Space().Replace(text, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    // A value with its cast. An id is cast twice.
    [GeneratedRegex(@":'(\w+)'::\w+(?::::?id_type)?")]
    private static partial Regex Parameter();
}
