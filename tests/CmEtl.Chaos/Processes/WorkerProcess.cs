using System.Diagnostics;
using System.Globalization;
using CmEtl.Chaos.Network;
using CmEtl.Engine;

namespace CmEtl.Chaos.Processes;

/// <summary>A worker in its own process, behind its own proxy.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process, ChaosProxy proxy)
    {
        _process = process;
        Proxy = proxy;
        Exit = process.WaitForExitAsync();
    }

    public ChaosProxy Proxy { get; }

    public Task Exit { get; }

    /// <summary>Whether it ended because the run is completed.</summary>
    public bool Completed => _process.HasExited && _process.ExitCode == 0;

    public static WorkerProcess Start(WorkerKind kind, string runId, EtlSettings settings)
    {
        var proxy = new ChaosProxy(settings.Port);
        // The worker ends with its standard input, so that it does not outlive the process that started it.
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "CmEtl.Chaos"), ["worker", kind.ToString(), runId])
        {
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in Variables(settings, proxy.Port))
        {
            start.Environment[name] = value;
        }

        return new WorkerProcess(Process.Start(start)!, proxy);
    }

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    public void Freeze() => Signals.Stop(_process.Id);

    public void Thaw() => Signals.Continue(_process.Id);

    public void Dispose()
    {
        Kill();
        _process.WaitForExit();
        _process.Dispose();
        Proxy.Dispose();
    }

    private static Dictionary<string, string> Variables(EtlSettings s, int port) => new()
    {
        ["POSTGRES_HOST"] = s.Host,
        ["POSTGRES_PORT"] = Text(port),
        ["POSTGRES_DATABASE"] = s.Database,
        ["POSTGRES_USER"] = s.User,
        ["POSTGRES_PASSWORD"] = s.Password ?? "",
        ["CMETL_SSL_MODE"] = s.SslMode,
        ["CMETL_TARGET_CHUNK_SIZE"] = Text(s.TargetChunkSize),
        ["CMETL_MAX_CHUNK_SIZE"] = Text(s.MaxChunkSize),
        ["CMETL_MAX_CONCURRENCY"] = Text(s.MaxConcurrency),
        ["CMETL_MARK_MODE"] = s.MarkMode.ToString(),
        ["CMETL_LEASE_SECONDS"] = Text(s.LeaseSeconds),
        ["CMETL_LOCK_TIMEOUT_SECONDS"] = Text(s.LockTimeoutSeconds),
        ["CMETL_CHUNK_TIMEOUT_SECONDS"] = Text(s.ChunkTimeoutSeconds),
        ["CMETL_TASK_TIMEOUT_SECONDS"] = Text(s.TaskTimeoutSeconds),
        ["CMETL_RETRY_MAX_ATTEMPTS"] = Text(s.RetryMaxAttempts),
        ["CMETL_RETRY_INTERVAL_SECONDS"] = Text(s.RetryIntervalSeconds),
        ["CMETL_RETRY_BACKOFF_RATE"] = Text(s.RetryBackoffRate),
        ["DOTNET_TieredPGO"] = "0",
    };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
