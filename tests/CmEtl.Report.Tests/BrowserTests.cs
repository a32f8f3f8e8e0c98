using System.Text;
using CmEtl.Engine;

namespace CmEtl.Report.Tests;

/// <summary>The page in a browser.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Desk = 1200;
    private const int Phone = 360;

    [ChromiumFact]
    public async Task It_asks_for_nothing_but_itself_and_complains_of_nothing()
    {
        await using var page = await chromium.OpenAsync(SampleRun.Failed(), Desk);

        Assert.StartsWith("file:", Assert.Single(page.Requests, r => !r.StartsWith("data:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [ChromiumFact]
    public async Task Nothing_in_it_is_run()
    {
        var run = SampleRun.Failed();
        var hostile = run with { Database = "<img src=x onerror=alert(1)><script>document.title='run'</script>" };
        await using var page = await chromium.OpenAsync(hostile, Desk);

        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('script, img').length"));
        Assert.StartsWith(run.Status.RunId, await page.EvaluateAsync<string>("document.title"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [ChromiumFact]
    public async Task On_a_phone_nothing_sticks_out()
    {
        foreach (var run in Samples())
        {
            await using var page = await chromium.OpenAsync(run, Phone);
            await page.OpenDetailsAsync();

            Assert.Equal(Phone, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal(0, await page.EvaluateAsync<int>("(scrollTo(99, 0), Math.round(scrollX))"));
        }
    }

    [ChromiumFact]
    public async Task Light_and_dark_are_two_pages_that_can_be_read()
    {
        var (light, lightPicture) = await LookAsync(dark: false);
        var (dark, darkPicture) = await LookAsync(dark: true);

        Assert.Equal("rgb(255, 255, 255)", light);
        Assert.NotEqual(light, dark);
        Assert.NotEqual(lightPicture, darkPicture);
    }

    [ChromiumFact]
    public async Task It_has_no_barriers()
    {
        (EtlReport, bool)[] pages =
            [(SampleRun.Failed(), false), (SampleRun.Failed(), true), (SampleRun.Running(), false), (SampleRun.Resumed(), true)];
        foreach (var (run, dark) in pages)
        {
            await using var page = await chromium.OpenAsync(run, Desk, dark);
            await page.OpenDetailsAsync();

            Assert.Empty(await page.FindBarriersAsync());
        }
    }

    [ChromiumFact]
    public async Task It_can_be_printed_from_a_dark_screen()
    {
        await using var page = await chromium.OpenAsync(SampleRun.Failed(), Desk, dark: true);

        var pdf = await page.PrintAsync();

        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        Assert.InRange(pdf.Length, 20_000, 2_000_000);
    }

    [ChromiumFact]
    public async Task Every_chart_is_drawn()
    {
        await using var page = await chromium.OpenAsync(SampleRun.Completed(20_000, workers: 50), Desk);

        Assert.Equal(3, await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width > 800 && s.getBoundingClientRect().height >= 28).length"));
        Assert.Equal(0, await page.EvaluateAsync<int>(
            "[...document.querySelectorAll('svg rect.done')].filter(r => getComputedStyle(r).fill === 'rgb(0, 0, 0)').length"));
    }

    private static EtlReport[] Samples() =>
        [SampleRun.Failed(), SampleRun.Running(), SampleRun.Completed(3_000, workers: 60), SampleRun.WithoutChunks(), SampleRun.Resumed()];

    // One page at a time, because a browser draws pages in the background slowly.
    private async Task<(string Background, byte[] Picture)> LookAsync(bool dark)
    {
        await using var page = await chromium.OpenAsync(SampleRun.Failed(), Desk, dark);
        return (await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), await page.ScreenshotAsync());
    }
}
