namespace CmEtl.Tests;

/// <summary>The examples of the help pages work: every example is run as written, or says why it cannot be.</summary>
public sealed class ExampleTests(ExampleFixture fixture) : IClassFixture<ExampleFixture>
{
    public static TheoryData<string, string> Here => Examples(onAws: false);

    public static TheoryData<string, string> OnAws => Examples(onAws: true);

    [Theory]
    [MemberData(nameof(Here))]
    public void An_example_runs(string cmdlet, string title)
    {
        var code = Code(cmdlet, title);
        if (code.StartsWith("Wait-CmEtl", StringComparison.Ordinal) || code.StartsWith("Start-CmEtl -New", StringComparison.Ordinal))
        {
            fixture.CompleteRun();
        }
        else
        {
            fixture.BreakRun();
        }

        fixture.Shell.Run(code);
    }

    [NodeTheory]
    [MemberData(nameof(OnAws))]
    public void An_example_for_AWS_runs(string cmdlet, string title)
    {
        fixture.BreakRun();
        fixture.Deploy();

        fixture.Shell.Run(Code(cmdlet, title));
    }

    private static string Code(string cmdlet, string title) => HelpPages.Examples(cmdlet).Single(e => e.Title == title).Code;

    private static TheoryData<string, string> Examples(bool onAws)
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, example) in HelpPages.Names.SelectMany(n => HelpPages.Examples(n).Select(e => (n, e))))
        {
            var talksToAws = example.Code.Contains("StateMachine", StringComparison.Ordinal)
                || example.Code.Contains("Publish-CmLambda", StringComparison.Ordinal)
                // Its package exists when the function is published.
                || example.Code.Contains("Export-CmTemplate", StringComparison.Ordinal);
            if (example.Why.Length == 0 && talksToAws == onAws)
            {
                data.Add(name, example.Title);
            }
        }

        return data;
    }
}
