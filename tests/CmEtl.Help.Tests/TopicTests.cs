namespace CmEtl.Tests;

/// <summary>The about_ topics.</summary>
public sealed class TopicTests(HelpShell shell) : IClassFixture<HelpShell>
{
    private const int Columns = 80;

    public static TheoryData<string> Topics => [.. Names];

    private static IEnumerable<string> Names =>
        HelpPages.Topics.Select(f => Path.GetFileName(f).Replace(".help.txt", "", StringComparison.Ordinal));

    [Fact]
    public void The_promised_topics_are_there()
    {
        Assert.Equal(["about_CmEtl", "about_CmEtl_Aws", "about_CmEtl_Resume", "about_CmEtl_Stuck"], Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_is_found_and_fits_a_terminal(string topic)
    {
        var text = shell.Text($"Get-Help {topic}");

        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.Contains(topic, text, StringComparison.Ordinal);
        Assert.All(
            File.ReadLines(HelpPages.Topics.Single(f => f.EndsWith(topic + ".help.txt", StringComparison.Ordinal))),
            l => Assert.InRange(l.Length, 0, Columns));
    }
}
