using CmEtl.Engine;
using PuppeteerSharp;

namespace CmEtl.Report.Tests;

/// <summary>A browser for the tests of a class, headless and without network access.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cmetl-report-");
    private IBrowser? _browser;

    /// <summary>The message when Chromium is missing; null when it is installed.</summary>
    public static string? Missing => Executable is null ? "Chromium is not installed." : null;

    private static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public async Task InitializeAsync() => _browser = Executable is null ? null : await Puppeteer.LaunchAsync(new LaunchOptions
    {
        ExecutablePath = Executable,
        UserDataDir = Path.Combine(_folder.FullName, "profile"),
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--proxy-server=127.0.0.1:9",
        ],
    });

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Opens the page of a run as a file, as a user does.</summary>
    internal async Task<BrowserPage> OpenAsync(EtlReport report, int width, bool dark = false)
    {
        var file = Path.Combine(_folder.FullName, Path.GetRandomFileName() + ".html");
        await File.WriteAllTextAsync(file, ReportPage.Render(report));
        var page = new BrowserPage(await _browser!.NewPageAsync());
        await page.ShowAsync(new Uri(file), width, dark);
        return page;
    }
}
