using System.Management.Automation;
using CmEtl.Engine;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>Starts a private, temporary PostgreSQL server with synthetic visits and makes it the session's connection.</summary>
[Cmdlet(VerbsCommon.New, "CmSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(CmSandbox))]
public sealed class NewCmSandboxCommand : CmCmdlet
{
    // The environment may describe another database.
    private static readonly Dictionary<string, object?> SandboxSettings = new()
    {
        ["ssl_mode"] = "prefer",
        ["conflict_schema"] = new EtlSettings().ConflictSchema,
        ["analytics_schema"] = new EtlSettings().AnalyticsSchema,
        ["ledger_schema"] = new EtlSettings().LedgerSchema,
    };

    /// <summary>Number of visits to generate. There is about one conflict row per four visits.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Visits { get; set; } = new SandboxOptions().Visits;

    /// <summary>Seed of the generator. The same seed and number of visits give the same data.</summary>
    [Parameter]
    public int Seed { get; set; } = new SandboxOptions().Seed;

    /// <summary>Folder for the data. It must be empty or not exist. The default is a new temporary folder.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Folder with PostgreSQL's programs initdb, postgres and pg_ctl. By default the cmdlet searches for them.</summary>
    [Parameter]
    public string? PostgresBin { get; set; }

    /// <summary>
    /// Keeps the server running after this process ends, until Remove-CmSandbox. Its password is in the file pgpass in its folder.
    /// </summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    private protected override void Process()
    {
        if (!ShouldProcess(Path ?? "a new temporary folder", "Create sandbox"))
        {
            return;
        }

        var options = new SandboxOptions
        {
            Visits = Visits,
            Seed = Seed,
            Path = Path is null ? null : FullPath(Path),
            PostgresBin = PostgresBin is null ? null : FullPath(PostgresBin),
            Persist = Persist,
        };
        CmSandbox sandbox;
        using (var progress = new StepProgress(Pump, this, "Sandbox"))
        {
            sandbox = Run(cancel => CreateAsync(options, progress, cancel));
        }

        CmSession.Connection = sandbox.Connection;
        WriteObject(sandbox);
    }

    private async Task<CmSandbox> CreateAsync(SandboxOptions options, StepProgress progress, CancellationToken cancel)
    {
        var server = await PostgresSandbox.StartAsync(options, progress, cancel);
        try
        {
            var connection = new CmConnection(server.Host, server.Port, server.Database, server.User)
            {
                Password = server.Password,
                SandboxPath = server.Path,
                Settings = SandboxSettings,
            };
            // Environment variables are ignored, because a sandbox always has the default schemas.
            var settings = SettingsLoader.Load(connection.ToSettings(), environment: new Dictionary<string, string>());
            await using var engine = new EtlEngine(settings, Loggers());
            progress.Report("Creating the ledger and the indexes");
            await engine.InitializeAsync(indexes: true, cancel);
            return new CmSandbox(server.Path, server.Visits, server.ConflictRows, connection);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
