using System.Management.Automation;
using CmEtl.Engine;
using CmEtl.Sandbox;

namespace CmEtl.PowerShell;

/// <summary>Starts a private, throw-away PostgreSQL with synthetic visits, ready to run, and makes it the session's connection.</summary>
[Cmdlet(VerbsCommon.New, "CmSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(CmSandbox))]
public sealed class NewCmSandboxCommand : CmCmdlet
{
    // What the environment says of another database is wrong for a sandbox.
    private static readonly Dictionary<string, object?> SandboxSettings = new()
    {
        ["ssl_mode"] = "prefer",
        ["conflict_schema"] = new EtlSettings().ConflictSchema,
        ["analytics_schema"] = new EtlSettings().AnalyticsSchema,
        ["ledger_schema"] = new EtlSettings().LedgerSchema,
    };

    /// <summary>Visits to generate; about one conflict row per four visits.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Visits { get; set; } = new SandboxOptions().Visits;

    /// <summary>The same seed and number of visits give the same data.</summary>
    [Parameter]
    public int Seed { get; set; } = new SandboxOptions().Seed;

    /// <summary>Folder for the data, which must be empty or absent. A new one below the temp folder by default.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Folder with PostgreSQL's programs initdb, postgres and pg_ctl. By default they are searched for.</summary>
    [Parameter]
    public string? PostgresBin { get; set; }

    /// <summary>
    /// Keep the server running when this process ends; Remove-CmSandbox ends it. Its password is then in the file pgpass of its folder.
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
            // The environment is left out: a sandbox has the default schemas, whatever the machine is set up for.
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
