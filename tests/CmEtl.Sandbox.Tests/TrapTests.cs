using Npgsql;

namespace CmEtl.Sandbox.Tests;

[Collection(ReadingTests.Name)]
public class TrapTests(GeneratedSandbox generated)
{
    private const string Separator = "\n-- ";

    /// <summary>The titles in traps.sql; the parts before the first title are the views that the queries need.</summary>
    public static TheoryData<string> Titles => [.. Sections().Skip(1).Select(section => section.Split('\n')[0])];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Is_there(string title)
    {
        await using var connection = await Db.OpenAsync(generated.Sandbox);
        await using (var views = new NpgsqlCommand(Sections()[0], connection))
        {
            await views.ExecuteNonQueryAsync();
        }

        await using var query = new NpgsqlCommand(Sections().Single(section => section.StartsWith(title + '\n')), connection);
        query.CommandText = query.CommandText[title.Length..];
        Assert.True(await query.ExecuteScalarAsync() is > 0L, "not found: " + title);
    }

    private static string[] Sections() => GeneratedSandbox.Text("traps").Split(Separator);
}
