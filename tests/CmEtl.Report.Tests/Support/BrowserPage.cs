using Deque.AxeCore.Commons;
using PuppeteerSharp;
using PuppeteerSharp.Media;

namespace CmEtl.Report.Tests;

/// <summary>A page in a browser, with all its requests and error messages.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IPage _page;

    public BrowserPage(IPage page)
    {
        _page = page;
        _page.Request += (_, e) => Requests.Add(e.Request.Url);
        _page.Console += (_, e) => Complaints.Add(e.Message.Text);
        _page.PageError += (_, e) => Complaints.Add(e.Message);
    }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public async Task ShowAsync(Uri file, int width, bool dark)
    {
        await _page.EmulateMediaFeaturesAsync(
            [new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" }]);
        await _page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 800 });
        await _page.GoToAsync(file.AbsoluteUri, WaitUntilNavigation.Networkidle0);
    }

    public Task<T> EvaluateAsync<T>(string expression) => _page.EvaluateExpressionAsync<T>(expression);

    public Task<byte[]> ScreenshotAsync() => _page.ScreenshotDataAsync(new ScreenshotOptions { FullPage = true });

    public Task<byte[]> PrintAsync() => _page.PdfDataAsync(new PdfOptions { Format = PaperFormat.A4, PrintBackground = true });

    public Task OpenDetailsAsync() => EvaluateAsync<bool>("document.querySelectorAll('details').forEach(d => d.open = true), true");

    /// <summary>The findings of axe for WCAG 2.2 level AA, as "rule: element".</summary>
    public async Task<string[]> FindBarriersAsync()
    {
        await _page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        return await EvaluateAsync<string[]>(
            """
            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
               .then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 120)} ${n.failureSummary}`)))
            """);
    }

    public ValueTask DisposeAsync() => _page.DisposeAsync();
}
